package dev.weir.proxy;

import static dev.weir.proxy.Failures.find;
import static dev.weir.proxy.Failures.seconds;

import dev.weir.config.RouteParameters;
import dev.weir.config.UpstreamUrl;
import dev.weir.config.Values;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.upstream.BudgetSnapshot;
import dev.weir.upstream.DestinationDeniedException;
import dev.weir.upstream.DestinationsFullException;
import dev.weir.upstream.PortRange;
import dev.weir.upstream.ResolveTimeoutException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.HttpResponseException;

/**
 * Says in our words why an exchange got no connection: the queue, a name, a socket, TLS or what stands between. With the
 * numbers, for who reads it has to change one of them.
 */
final class ConnectionFailures {
    private final Machinery machinery;
    private final UpstreamUrl upstream;
    /** What stands in the sentences for it. */
    private final String name;

    /** For exchanges with one upstream. */
    ConnectionFailures(Machinery machinery, UpstreamUrl upstream, String name) {
        this.machinery = machinery;
        this.upstream = upstream;
        this.name = name;
    }

    /** The refusal for what went wrong before anything was sent; null where it is none of these. */
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
        DestinationDeniedException denied = find(failure, DestinationDeniedException.class);
        if (denied != null) {
            return ofDenied(denied);
        }
        return phase.isBeforeSending() ? ofOpening(failure, phase) : null;
    }

    private Refusal ofDenied(DestinationDeniedException denied) {
        return denied.verdict() == null
                ? new Refusal(Outcome.LOOP, name + " leads to this Weir itself.")
                : new Refusal(Outcome.DESTINATION_PROHIBITED, denied.rules().sentence(denied.verdict(), name));
    }

    /** The refusal for the deadline of a phase before anything was sent. */
    Refusal timeout(Phase phase, Values route) {
        return switch (phase) {
            case QUEUED ->
                new Refusal(
                        Outcome.QUEUE_TIMEOUT,
                        "No connection to " + name + " came free within the route's queueTimeout, "
                                + seconds(route.get(RouteParameters.QUEUE_TIMEOUT)) + ": " + held() + ".");
            case RESOLVING -> dnsTimeout();
            case CONNECTING -> connectTimeout();
            default -> tlsTimeout();
        };
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
        String inTime =
                " in weir.tlsHandshakeTimeout, " + seconds(machinery.bounds().secureNanos()) + ".";
        if (upstream.isHttp2() && !upstream.isSecure()) {
            return new Refusal(
                    Outcome.NOT_HTTP2,
                    name + " does not speak HTTP/2, which proxyTo asks of it: it did not begin" + inTime);
        }
        String both = upstream.isHttp2() ? ", and that of HTTP/2 after it," : "";
        return new Refusal(Outcome.TLS_TIMEOUT, "The TLS handshake with " + name + both + " did not end" + inTime);
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
}
