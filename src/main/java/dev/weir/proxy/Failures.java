package dev.weir.proxy;

import dev.weir.config.RouteParameters;
import dev.weir.config.Values;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.upstream.NotHttp2Exception;
import dev.weir.upstream.StreamResetException;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in our words what went wrong: from what the client to the upstreams threw, or which deadline passed. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Machinery machinery;
    private final ConnectionFailures connection;
    /** What stands in the sentences for it. */
    private final String name;

    private final boolean http2;

    /** Those of an exchange, which most do without. */
    Failures(Machinery machinery, Exchange exchange) {
        this.machinery = machinery;
        this.name = exchange.upstreamName();
        this.connection = new ConnectionFailures(machinery, exchange.upstream(), name);
        this.http2 = exchange.upstream().isHttp2();
    }

    /** Whether the client's own leaving is at the bottom of it. */
    static boolean isClientGone(Throwable failure) {
        return find(failure, ClientGoneException.class) != null;
    }

    /**
     * Whether it is a fault of ours. A container that has ended an exchange first throws whatever comes: Tomcat
     * IllegalStateException, or NullPointerException where it has let go of the connection.
     */
    static boolean isOurs(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return !(failure instanceof IOException)
                && trace.length > 0
                && trace[0].getClassName().startsWith("dev.weir.");
    }

    /** Whether the connection itself was lost, rather than anything refused or timed out. */
    static boolean isLost(Throwable failure) {
        return failure instanceof IOException && find(failure, SSLException.class) == null && !isClientGone(failure);
    }

    /** The refusal for a failure of the upstream before its response head was through. */
    Refusal of(Throwable failure, Phase phase) {
        NotHttp2Exception other = find(failure, NotHttp2Exception.class);
        if (other != null) {
            return notHttp2(other);
        }
        Refusal unconnected = connection.of(failure, phase);
        if (unconnected != null) {
            return unconnected;
        }
        if (find(failure, CertificateException.class) != null) {
            return new Refusal(
                    Outcome.TLS_CERTIFICATE,
                    "The certificate of " + name + " is not trusted, or is for another name; weir.upstreamCa names"
                            + " the file of trusted certificates.");
        }
        if (find(failure, SSLException.class) != null) {
            String asked = http2 ? "; it was asked for HTTP/2 alone, by ALPN." : ".";
            return new Refusal(Outcome.TLS, "The TLS handshake with " + name + " failed" + asked);
        }
        return ofConnectionOrMessage(failure);
    }

    private Refusal ofConnectionOrMessage(Throwable failure) {
        if (find(failure, ConnectException.class) != null) {
            return new Refusal(Outcome.CONNECT_REFUSED, "No connection to " + name + ": it refused.");
        }
        HttpException message = find(failure, HttpException.class);
        if (message != null) {
            return ofMessage(message);
        }
        if (find(failure, HttpResponseException.class) != null) {
            return new Refusal(Outcome.INVALID_RESPONSE, "What " + name + " sent is not an HTTP response.");
        }
        StreamResetException reset = find(failure, StreamResetException.class);
        if (reset != null) {
            return new Refusal(
                    Outcome.CLOSED,
                    name + " reset the stream before its response was through: " + reset.getMessage() + ".");
        }
        if (find(failure, IOException.class) != null) {
            return closed();
        }
        return internal(failure);
    }

    private Refusal notHttp2(NotHttp2Exception failure) {
        return new Refusal(
                Outcome.NOT_HTTP2,
                name + " does not speak HTTP/2, which proxyTo asks of it: " + failure.getMessage()
                        + "; with http or https in its place, it is asked in HTTP/1.1.");
    }

    private Refusal closed() {
        return new Refusal(Outcome.CLOSED, name + " closed the connection before its response was through.");
    }

    private Refusal ofMessage(HttpException message) {
        // The parser tells them apart by its words alone; what a closed connection cut short is a bad message to it.
        String reason = String.valueOf(message.getReason());
        if (reason.equals("Early EOF")) {
            return closed();
        }
        return reason.toLowerCase(Locale.ROOT).endsWith("too large")
                ? new Refusal(
                        Outcome.RESPONSE_HEAD_TOO_LARGE,
                        "The response head of " + name + " is larger than weir.maxResponseHeadersSize, "
                                + machinery.bounds().maxResponseHeadersSize() + " bytes.")
                : new Refusal(Outcome.INVALID_RESPONSE, "What " + name + " sent is not an HTTP response.");
    }

    /** The refusal for a response head that Weir takes but the container's connectors do not. */
    Refusal headTooLargeHere(int maxBytes) {
        return new Refusal(
                Outcome.RESPONSE_HEAD_TOO_LARGE,
                "The response head of " + name + " is larger than this container's connector carries, " + maxBytes
                        + " bytes; on Tomcat that is its maxHttpResponseHeaderSize, in Jetty maxResponseHeaderSize.");
    }

    /** The refusal for an upstream that says 101 although nobody asked it to, or not for this (RFC 9110 §15.2.2). */
    Refusal unaskedSwitch() {
        return new Refusal(Outcome.INVALID_RESPONSE, name + " switched to a protocol that nobody asked it for.");
    }

    /** The refusal for an upstream's transfer coding that nobody undoes here and nobody asked for (RFC 9112 §7.4). */
    Refusal foreignCoding() {
        return new Refusal(Outcome.INVALID_RESPONSE, name + " sent a Transfer-Encoding other than chunked.");
    }

    /** The refusal for a failure that is our own; the log has its stack, the client does not. */
    static Refusal internal(Throwable bug) {
        LOG.error("An exchange failed inside Weir", bug);
        return new Refusal(Outcome.INTERNAL_ERROR, "Weir failed inside; its log has the cause.");
    }

    /** The refusal for the route's {@code timeout}. */
    static Refusal totalTimeout(Values route) {
        return new Refusal(
                Outcome.TOTAL_TIMEOUT,
                "The exchange took longer than the route's timeout, " + seconds(route.get(RouteParameters.TIMEOUT))
                        + ".");
    }

    /** The refusal for a phase's own deadline. */
    Refusal phaseTimeout(Phase phase, boolean clientSlow, Values route) {
        return phase.isBeforeSending() ? connection.timeout(phase, route) : exchangeTimeout(phase, clientSlow, route);
    }

    private static Refusal exchangeTimeout(Phase phase, boolean clientSlow, Values route) {
        if (phase == Phase.AWAITING_HEAD) {
            return new Refusal(
                    Outcome.RESPONSE_TIMEOUT,
                    "No response head came within the route's responseTimeout, "
                            + seconds(route.get(RouteParameters.RESPONSE_TIMEOUT)) + ".");
        }
        String idle = seconds(route.get(RouteParameters.EXCHANGE_IDLE_TIMEOUT));
        if (clientSlow) {
            return new Refusal(
                    Outcome.CLIENT_TIMEOUT,
                    "The client sent nothing of its body for the route's exchangeIdleTimeout, " + idle + ".");
        }
        return phase == Phase.SENDING
                ? new Refusal(
                        Outcome.IDLE_TIMEOUT_SENDING,
                        "The upstream took nothing of the request for the route's exchangeIdleTimeout, " + idle + ".")
                : new Refusal(Outcome.IDLE_TIMEOUT, "No byte moved for the route's exchangeIdleTimeout, " + idle + ".");
    }

    static String seconds(long nanos) {
        return seconds(Duration.ofNanos(nanos));
    }

    static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    /** The first of a type among a failure and its causes; null where there is none. */
    static <T> T find(Throwable failure, Class<T> type) {
        int depth = 0;
        for (Throwable t = failure; t != null && depth < 16; t = t.getCause(), depth++) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
