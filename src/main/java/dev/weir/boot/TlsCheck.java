package dev.weir.boot;

import dev.weir.config.UpstreamUrl;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * Agrees on TLS with an upstream as an exchange would, and tells with whom and on what.
 *
 * @param timeout of the handshake's reads
 * @param now what certificates are compared to
 */
record TlsCheck(SslContextFactory.Client tls, Duration timeout, Instant now) {
    private static final String H2 = "h2";

    /** A certificate that has not so long any more should have been renewed by now. */
    private static final Duration SOON = Duration.ofDays(30);

    /** @param connected how the connection came about, to which the rest is added */
    Finding secure(UpstreamUrl upstream, Socket socket, String connected) throws IOException {
        try (SSLSocket secured = (SSLSocket)
                tls.getSslContext().getSocketFactory().createSocket(socket, upstream.host(), upstream.port(), true)) {
            SSLParameters parameters = secured.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(tls.getEndpointIdentificationAlgorithm());
            if (upstream.isHttp2()) {
                parameters.setApplicationProtocols(new String[] {H2});
            }
            secured.setSSLParameters(parameters);
            secured.setSoTimeout((int) timeout.toMillis());
            long begin = System.nanoTime();
            secured.startHandshake();
            String agreed = connected + ", secured in " + UpstreamCheck.millisSince(begin);
            return upstream.isHttp2() && !H2.equals(secured.getApplicationProtocol())
                    ? Finding.problem(agreed + ", but it does not agree on HTTP/2 (ALPN h2)")
                    : verified(upstream, agreed, secured.getSession());
        } catch (SocketTimeoutException slow) {
            return Finding.problem(
                    connected + ", but not secured within " + timeout.toMillis() + " ms (weir.tlsHandshakeTimeout)");
        } catch (SSLException distrusted) {
            return String.valueOf(distrusted.getMessage()).contains("no_application_protocol")
                    ? Finding.problem(connected + ", but it does not agree on HTTP/2 (ALPN h2)")
                    : Finding.problem(connected + ", but not securely: " + distrusted.getMessage()
                            + " (weir.upstreamCa names who is trusted)");
        }
    }

    private Finding verified(UpstreamUrl upstream, String agreed, SSLSession session) throws SSLException {
        X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
        Duration left = Duration.between(now, certificate.getNotAfter().toInstant());
        String words = agreed + " (" + session.getProtocol() + (upstream.isHttp2() ? ", h2" : "")
                + "), certificate and name verified: " + certificate.getSubjectX500Principal() + ", "
                + days(left.toDays()) + " left";
        return left.compareTo(SOON) < 0
                ? Finding.warning(
                        words + ": renew it before " + certificate.getNotAfter().toInstant())
                : Finding.good(words);
    }

    private static String days(long days) {
        return days == 1 ? "1 day" : days + " days";
    }
}
