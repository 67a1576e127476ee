package dev.weir.exchange;

import dev.weir.config.Configuration;
import dev.weir.config.Problem;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.SharedParameters;
import dev.weir.config.UpstreamProxy;
import dev.weir.config.UpstreamUrl;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Knows the upstreams that are this very Weir: those at one of our listeners whose path comes back, and those at one of
 * {@code selfAddresses}. What is seen at start stops it; what shows later (a listener that the container does not tell, a
 * name whose one look-up takes its time) is refused with 508 before anything is sent; see {@link OwnNames}.
 *
 * <p>Threads: any; only {@link #problems} waits.
 */
public final class Ourselves {
    private static final int ANY_PORT = 65_535;

    private final Configuration configuration;
    private final Predicate<UpstreamUrl> comesBack;
    /** What is connected to in the place of every upstream; null where each is itself. */
    private final UpstreamUrl proxy;

    private final OwnAddresses listeners;
    private final OwnAddresses declared;
    /** The ports at which it matters whether we listen there; empty where the home has told that. */
    private final BitSet portsToLearn = new BitSet();

    /**
     * @param told our listeners, as far as the home tells them; where it tells none, they are learned from requests
     * @param comesBack whether a path at our listeners is ours
     */
    public Ourselves(Configuration configuration, List<InetSocketAddress> told, Predicate<UpstreamUrl> comesBack) {
        this.configuration = configuration;
        this.proxy = configuration
                .shared()
                .get(SharedParameters.UPSTREAM_PROXY)
                .map(UpstreamProxy::url)
                .orElse(null);
        this.comesBack = comesBack;
        this.listeners = new OwnAddresses(told);
        this.declared = new OwnAddresses(
                configuration.shared().get(SharedParameters.SELF_ADDRESSES).addresses());
        if (told.isEmpty()) {
            targets().stream()
                    .filter(target -> proxy != null || comesBack.test(target))
                    .forEach(target -> portsToLearn.set(target.port()));
            if (configuration.routes().stream().anyMatch(RouteConfiguration::isOpen)) {
                portsToLearn.set(1, ANY_PORT + 1);
            }
        }
    }

    /** The routes that lead straight back, by now; waits up to {@code resolveTimeout} for the names that matter. */
    public List<Problem> problems() {
        Duration patience = configuration.shared().get(SharedParameters.RESOLVE_TIMEOUT);
        await(listeners, patience);
        await(declared, patience);
        if (proxy != null) {
            return isOwn(proxy) ? List.of(problem("weir." + SharedParameters.UPSTREAM_PROXY, proxy)) : List.of();
        }
        List<Problem> problems = new ArrayList<>();
        for (RouteConfiguration route : configuration.routes()) {
            route.upstream()
                    .filter(this::areAt)
                    .ifPresent(upstream -> problems.add(problem(
                            "proxyTo of route " + route.servletName() + " (" + route.prefix() + "/)", upstream)));
        }
        return problems;
    }

    private void await(OwnAddresses own, Duration patience) {
        try {
            own.lookUp(targets()).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unknown) {
            return; // a name that is still unknown counts when it is known
        }
    }

    private List<UpstreamUrl> targets() {
        if (proxy != null) {
            return List.of(proxy);
        }
        return configuration.routes().stream()
                .flatMap(route -> route.upstream().stream())
                .toList();
    }

    private static Problem problem(String where, UpstreamUrl target) {
        return new Problem(
                where,
                target.toString(),
                "another server: this is an address that Weir itself listens on or weir.selfAddresses names, so that"
                        + " every request would come back",
                Optional.empty());
    }

    /** Takes the socket that a request came in by for one of ours, where the home tells none. */
    public void learnFrom(HttpServletRequest request) {
        int port = request.getLocalPort();
        if (port > 0 && portsToLearn.get(port) && listeners.add(request.getLocalAddr(), port)) {
            listeners.lookUp(targets());
        }
    }

    /**
     * Whether a request to this upstream would come to ourselves, as far as it is known by now. Where there is a proxy
     * between, its address decides: what an upstream's name means is for the proxy to say, {@code localhost} above all.
     */
    public boolean areAt(UpstreamUrl upstream) {
        if (proxy != null) {
            return isOwn(proxy);
        }
        return declared.areReachedBy(upstream) || (listeners.areReachedBy(upstream) && comesBack.test(upstream));
    }

    /**
     * Whether a destination that a request names is ourselves, as far as it shows without a look-up: whatever its path, for
     * nobody else should be reached as if from here.
     */
    public boolean areNamedBy(UpstreamUrl target) {
        return isOwn(target)
                || configuration.shared().get(SharedParameters.SELF_ADDRESSES).name(target.host(), target.port());
    }

    /** Whether a socket that is connected there would end at one of our listeners. */
    public boolean listenAt(InetSocketAddress socket) {
        return declared.areReachedBy(socket) || listeners.areReachedBy(socket);
    }

    private boolean isOwn(UpstreamUrl target) {
        return declared.areReachedBy(target) || listeners.areReachedBy(target);
    }
}
