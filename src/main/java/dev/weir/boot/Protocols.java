package dev.weir.boot;

import java.util.Optional;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.HTTP2Cipher;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * What the listener speaks: HTTP/1.1 and h2c in clear text; or TLS, within which ALPN (RFC 7301) decides between h2 and
 * HTTP/1.1, which is what a client gets that does not ask.
 */
record Protocols(HttpConfiguration http, Optional<TlsFiles> tls) {
    private static final String HTTP_1_1 = HttpVersion.HTTP_1_1.asString();

    /**
     * Gives them to a listener that has not started.
     *
     * @throws StartFailedException where the certificate has become unusable since it was checked
     */
    void installOn(ServerConnector listener) throws StartFailedException {
        if (tls.isEmpty()) {
            speakClear(listener);
            return;
        }
        try {
            secure(listener, tls.get());
        } catch (BadTlsFileException changed) {
            throw StartFailedException.misconfigured(changed.getMessage() + ".", changed);
        }
    }

    /** Gives them to a second listener: with the certificate of the first, whenever that changes. */
    void installBeside(ServerConnector first, ServerConnector listener) {
        SslConnectionFactory secured = first.getConnectionFactory(SslConnectionFactory.class);
        if (secured == null) {
            speakClear(listener);
        } else {
            speakSecured(listener, secured.getSslContextFactory());
        }
    }

    private void speakClear(ServerConnector listener) {
        customize();
        listener.addConnectionFactory(new AskedHttp1.Factory(http));
        listener.addConnectionFactory(Http2.clear(http));
    }

    private void speakSecured(ServerConnector listener, SslContextFactory.Server context) {
        customize();
        // Any Host is served: there is one certificate, and no other that a client should rather have got.
        http.addCustomizer(new SecureRequestCustomizer(false));
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory(Http2.SECURED, HTTP_1_1);
        alpn.setDefaultProtocol(HTTP_1_1);
        listener.addConnectionFactory(new SslConnectionFactory(context, alpn.getProtocol()));
        listener.addConnectionFactory(alpn);
        listener.addConnectionFactory(Http2.secured(http));
        listener.addConnectionFactory(new AskedHttp1.Factory(http));
    }

    private void customize() {
        http.addCustomizer(new ConnectionScheme());
        http.addCustomizer(new Http2Requests());
    }

    private void secure(ServerConnector listener, TlsFiles files) throws BadTlsFileException {
        TlsFiles.Content content = files.read();
        ServerIdentity identity = ServerIdentity.of(files, content);
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setCipherComparator(HTTP2Cipher.COMPARATOR);
        identity.presentBy(context);
        speakSecured(listener, context);
        listener.addBean(new CertificateReload(
                files, content, identity, context, listener.getScheduler(), listener.getExecutor()));
    }
}
