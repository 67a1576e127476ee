package dev.weir.proxy;

import dev.weir.config.RouteParameters;
import dev.weir.config.UpstreamUrl;
import dev.weir.config.Values;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.upstream.BudgetSnapshot;
import dev.weir.upstream.DestinationsFullException;
import dev.weir.upstream.PortRange;
import dev.weir.upstream.ResolveTimeoutException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in our words what went wrong: from what the client to the upstreams threw, or which deadline passed. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final Machinery machinery;
    private final UpstreamUrl upstream;
    /** What stands in the sentences for it. */
    private final String name;

    /** For exchanges with one upstream. */
    Failures(Machinery machinery, UpstreamUrl upstream) {
        this.machinery = machinery;
        this.upstream = upstream;
        this.name = upstream.origin();
    }

    /** Whether the client's own leaving is at the bottom of it. */
    static boolean isClientGone(Throwable failure) {
        return find(failure, ClientGoneException.class) != null;
    }

    /** Whether the connection itself was lost, rather than anything refused or timed out. */
    static boolean isConnectionLost(Throwable failure) {
        return failure instanceof IOException && find(failure, SSLException.class) == null && !isClientGone(failure);
    }

    /** The refusal for a failure of the upstream before its response head was through. */
    Refusal of(Throwable failure, Phase phase) {
        Refusal tunnel = machinery.bounds().through().isEmpty() ? null : ofTunnel(failure);
        if (tunnel != null) {
            return tunnel;
        }
        if (find(failure, RejectedExecutionException.class) != null) {
            return new Refusal(
                    Outcome.POOL_FULL,
                    "The queue for " + name + " is full: " + held() + "; maxQueued and maxConnections bound it.");
        }
        DestinationsFullException full = find(failure, DestinationsFullException.class);
        if (full != null) {
            return new Refusal(Outcome.DESTINATIONS_FULL, full.getMessage() + "; weir.maxDestinations bounds them.");
        }
        if (phase.isBeforeSending()) {
            Refusal refusal = ofOpening(failure, phase);
            if (refusal != null) {
                return refusal;
            }
        }
        if (find(failure, CertificateException.class) != null) {
            return new Refusal(
                    Outcome.TLS_CERTIFICATE,
                    "The certificate of " + name + " is not trusted, or is for another name; weir.upstreamCa names"
                            + " the file of trusted certificates.");
        }
        if (find(failure, SSLException.class) != null) {
            return new Refusal(Outcome.TLS, "The TLS handshake with " + name + " failed.");
        }
        return ofConnectionOrMessage(failure);
    }

    /** What can go wrong while a connection is opened; null for anything else. */
    private Refusal ofOpening(Throwable failure, Phase phase) {
        ResolveTimeoutException unresolved = find(failure, ResolveTimeoutException.class);
        if (unresolved != null) {
            return new Refusal(
                    Outcome.DNS_TIMEOUT, unresolved.getMessage() + "; weir.resolveTimeout is how long it may take.");
        }
        if (find(failure, UnknownHostException.class) != null) {
            return new Refusal(Outcome.DNS, "The name of " + name + " does not resolve; check proxyTo.");
        }
        if (find(failure, SocketTimeoutException.class) != null) {
            return connectTimeout();
        }
        if (find(failure, TimeoutException.class) != null) {
            return phase == Phase.SECURING ? tlsTimeout() : dnsTimeout();
        }
        if (find(failure, BindException.class) != null) {
            return portsLow();
        }
        if (saysTooManyOpenFiles(failure)) {
            return new Refusal(
                    Outcome.DESCRIPTORS_LOW,
                    "The process has no descriptor left for a connection to " + name + ": " + held()
                            + "; raise its limit (ulimit -n), or lower weir.connectionBudget.");
        }
        if (find(failure, SocketException.class) != null && find(failure, ConnectException.class) == null) {
            return new Refusal(Outcome.CONNECT_REFUSED, "No connection to " + name + ": it cannot be reached.");
        }
        return null;
    }

    private Refusal portsLow() {
        PortRange range = PortRange.read();
        return new Refusal(
                Outcome.PORTS_LOW,
                "No port is left for a connection to " + name + ": the range " + range.first() + "-" + range.last()
                        + " has " + range.size() + ", and " + PortRange.resting()
                        + " sockets of this machine rest in TIME_WAIT; weir.connectRate bounds new connections.");
    }

    private static boolean saysTooManyOpenFiles(Throwable failure) {
        SocketException last = find(failure, SocketException.class);
        for (Throwable t = last; t != null; t = t.getCause()) {
            if (String.valueOf(t.getMessage()).contains("Too many open files")) {
                return true;
            }
        }
        return false;
    }

    /** Who holds what, in numbers. */
    private String held() {
        BudgetSnapshot budget = machinery.client().budget();
        String all =
                budget.open() + " of " + budget.max() + " upstream sockets are open in all (weir.connectionBudget)";
        return machinery
                .client()
                .snapshot(upstream)
                .map(here -> all + ", " + here.sockets() + " to it, of which " + here.leased() + " in use; "
                        + here.queued() + " waiting")
                .orElse(all);
    }

    private Refusal connectTimeout() {
        return new Refusal(
                Outcome.CONNECT_TIMEOUT,
                "No connection to " + name + " came about in weir.connectTimeout, "
                        + seconds(machinery.bounds().connectNanos()) + ".");
    }

    private Refusal dnsTimeout() {
        return new Refusal(
                Outcome.DNS_TIMEOUT,
                "The name of " + name + " did not resolve in weir.resolveTimeout, "
                        + seconds(machinery.bounds().resolveNanos()) + ".");
    }

    private Refusal tlsTimeout() {
        return new Refusal(
                Outcome.TLS_TIMEOUT,
                "The TLS handshake with " + name + " did not end in weir.tlsHandshakeTimeout, "
                        + seconds(machinery.bounds().secureNanos()) + ".");
    }

    /** What {@code upstreamProxy} did or said instead of a tunnel; null where it is not its doing. */
    private Refusal ofTunnel(Throwable failure) {
        String to = "The upstream proxy " + machinery.bounds().through() + " (weir.upstreamProxy) ";
        HttpResponseException answer = find(failure, HttpResponseException.class);
        if (answer != null && answer.getResponse().getRequest().getMethod().equals("CONNECT")) {
            int status = answer.getResponse().getStatus();
            return new Refusal(
                    Outcome.CONNECT_REFUSED, to + "answered CONNECT to " + name + " with status " + status + ".");
        }
        IOException io = find(failure, IOException.class);
        if (io != null && String.valueOf(io.getMessage()).contains("SOCKS5")) {
            return new Refusal(
                    Outcome.CONNECT_REFUSED, to + "does not connect to " + name + ": " + io.getMessage() + ".");
        }
        if (find(failure, ConnectException.class) != null) {
            return new Refusal(
                    Outcome.CONNECT_REFUSED, to + "refused the connection that was to lead to " + name + ".");
        }
        return find(failure, UnknownHostException.class) != null
                ? new Refusal(Outcome.DNS, to + "has a name that does not resolve.")
                : null;
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
        if (find(failure, IOException.class) != null) {
            return closed();
        }
        return internal(failure);
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
                        + " bytes; on Tomcat that is its maxHttpResponseHeaderSize.");
    }

    /** The refusal for an upstream that says 101 although nobody asked it to switch protocols (RFC 9110 §15.2.2). */
    Refusal unaskedSwitch() {
        return new Refusal(Outcome.INVALID_RESPONSE, name + " switched protocols although nobody asked it to.");
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
        return switch (phase) {
            case QUEUED ->
                new Refusal(
                        Outcome.QUEUE_TIMEOUT,
                        "No connection to " + name + " came free within the route's queueTimeout, "
                                + seconds(route.get(RouteParameters.QUEUE_TIMEOUT)) + ": " + held() + ".");
            case RESOLVING -> dnsTimeout();
            case CONNECTING -> connectTimeout();
            case SECURING -> tlsTimeout();
            default -> exchangeTimeout(phase, clientSlow, route);
        };
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

    private static String seconds(long nanos) {
        return seconds(Duration.ofNanos(nanos));
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }

    private static <T> T find(Throwable failure, Class<T> type) {
        int depth = 0;
        for (Throwable t = failure; t != null && depth < 16; t = t.getCause(), depth++) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
