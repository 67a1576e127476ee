package dev.weir.upstream;

import dev.weir.config.SharedParameters;
import dev.weir.config.Values;
import dev.weir.exchange.Clock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpDestination;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Jetty's client with names and addresses of ours: names are looked up by a {@link NameCache}, and the addresses of one
 * are tried by an {@link AddressRace} instead of one after the other with the whole {@code connectTimeout} each.
 */
@SuppressWarnings("try") // Jetty's close() may throw InterruptedException; nothing calls it
final class UpstreamHttpClient extends HttpClient {
    private static final int THREADS = 2;
    private static final int THREADS_OF_CLIENTS = 8;

    private final UpstreamConnector connector;
    private final Values shared;
    private final NameLookup lookup;
    /** Jetty's destinations, to be found without its lock; and, empty, those that are about to be. */
    private final Map<Origin, Optional<BoundedDestination>> known = new ConcurrentHashMap<>();

    /** Of the upstreams that the configuration names. */
    private NameCache names;
    /** Of those that clients name, which must not be able to keep the others from being looked up. */
    private NameCache clientsNames;

    /** Needs an executor before it starts. */
    UpstreamHttpClient(HttpClientTransport transport, UpstreamConnector connector, Values shared, NameLookup lookup) {
        super(transport);
        this.connector = connector;
        this.shared = shared;
        this.lookup = lookup;
    }

    @Override
    protected void doStart() throws Exception {
        setScheduler(new ScheduledExecutorScheduler("weir-upstream-scheduler", true));
        setConnectTimeout(shared.get(SharedParameters.CONNECT_TIMEOUT).toMillis());
        names = names(THREADS, false);
        clientsNames = names(THREADS_OF_CLIENTS, true);
        setSocketAddressResolver(names);
        super.doStart();
    }

    UpstreamConnector connector() {
        return connector;
    }

    private NameCache names(int threads, boolean clients) {
        return new NameCache(
                threads,
                lookup,
                (host, addresses) -> follow(host, addresses, clients),
                getExecutor(),
                getScheduler(),
                Clock.SYSTEM,
                shared.get(SharedParameters.RESOLVE_TTL),
                shared.get(SharedParameters.RESOLVE_TIMEOUT));
    }

    private NameCache namesFor(BoundedDestination destination) {
        return destination.check().isNeeded() ? clientsNames : names;
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        if (names != null) {
            names.close();
            clientsNames.close();
        }
    }

    /**
     * As Jetty does it, within {@code maxDestinations}: an unknown one takes the place of the idle one that was used longest
     * ago.
     *
     * <p>Race: one may be removed, and made anew, while another thread still has the old one. What that thread files then is
     * not running, and the next to ask puts it right.
     *
     * @throws DestinationsFullException where none is idle
     */
    @Override
    public Destination resolveDestination(Origin origin) {
        Optional<BoundedDestination> found = known.get(origin);
        boolean running = found != null && found.isPresent() && found.get().isRunning();
        return running ? found.get() : admitted(origin);
    }

    private Destination admitted(Origin origin) {
        if (known.putIfAbsent(origin, Optional.empty()) == null) {
            try {
                makeRoom();
            } catch (DestinationsFullException full) {
                known.remove(origin);
                throw full;
            }
        }
        Destination destination = super.resolveDestination(origin);
        known.replace(origin, Optional.of((BoundedDestination) destination)); // unless it was removed meanwhile
        return destination;
    }

    private void makeRoom() {
        List<Destination> all = getDestinations();
        int most = shared.get(SharedParameters.MAX_DESTINATIONS);
        if (all.size() < most) {
            return;
        }
        BoundedDestination leaving = all.stream()
                .map(BoundedDestination.class::cast)
                .filter(BoundedDestination::isIdle)
                .min(Comparator.comparingLong(BoundedDestination::nanosOfLastUse))
                .orElseThrow(() -> new DestinationsFullException(most));
        removeDestination(leaving);
        LifeCycle.stop(leaving);
    }

    @Override
    public boolean removeDestination(Destination destination) {
        known.remove(destination.getOrigin());
        return super.removeDestination(destination);
    }

    @Override
    public void newConnection(Destination destination, Promise<Connection> promise) {
        BoundedDestination to = (BoundedDestination) destination;
        Origin origin = to.resolveOrigin();
        if (!origin.getTransport().requiresDomainNameResolution()) {
            super.newConnection(destination, promise);
            return;
        }
        Map<String, Object> context = context(to, origin);
        Origin.Address address = origin.getAddress();
        NameCache resolver = namesFor(to);
        resolver.resolve(
                address.getHost(),
                address.getPort(),
                context,
                Promise.from(
                        addresses -> race(to, addresses, new Sockets(resolver, address.getHost(), context), promise),
                        promise::failed));
    }

    private void race(
            BoundedDestination to,
            List<InetSocketAddress> addresses,
            AddressRace.Sockets sockets,
            Promise<Connection> promise) {
        List<InetSocketAddress> admitted;
        try {
            admitted = to.check().admitted(addresses);
        } catch (DestinationDeniedException denied) {
            promise.failed(denied);
            return;
        }
        to.opensTo(admitted);
        ((Opening) promise).connecting();
        new AddressRace(admitted, sockets, rules(to), promise).proceed();
    }

    /** Looks up again the names that connections are open to, where their time is over. */
    void refreshNames() {
        for (Destination known : getDestinations()) {
            BoundedDestination destination = (BoundedDestination) known;
            Origin origin = destination.resolveOrigin();
            if (destination.hasSockets() && origin.getTransport().requiresDomainNameResolution()) {
                namesFor(destination).refresh(origin.getAddress().getHost());
            }
        }
    }

    private void follow(String host, List<InetAddress> addresses, boolean clients) {
        Set<InetAddress> now = Set.copyOf(addresses);
        for (Destination known : getDestinations()) {
            BoundedDestination destination = (BoundedDestination) known;
            boolean itsResolver = destination.check().isNeeded() == clients;
            if (itsResolver
                    && destination.resolveOrigin().getAddress().getHost().equals(host)) {
                destination.leaveAllBut(now);
            }
        }
    }

    private AddressRace.Rules rules(BoundedDestination destination) {
        return new AddressRace.Rules(
                Clock.SYSTEM,
                getScheduler(),
                shared.get(SharedParameters.CONNECT_TIMEOUT),
                destination.attemptPermits());
    }

    /** As {@link HttpClient#newConnection} makes it. */
    private Map<String, Object> context(HttpDestination destination, Origin origin) {
        Map<String, Object> context = new ConcurrentHashMap<>();
        context.put(ClientConnector.HTTP_CLIENT_CONTEXT_KEY, this);
        context.put(Destination.CONTEXT_KEY, destination);
        Origin.Protocol protocol = origin.getProtocol();
        context.put(
                ClientConnector.APPLICATION_PROTOCOLS_CONTEXT_KEY,
                protocol == null ? List.of("http/1.1") : protocol.getProtocols());
        context.put(ClientConnectionFactory.CONTEXT_KEY, destination.resolveClientConnectionFactory());
        if (origin.getTag() instanceof ClientConnectionFactory.Decorator decorator) {
            context.put(ClientConnectionFactory.Decorator.CONTEXT_KEY, decorator);
        }
        SslContextFactory.Client tls = destination.resolveSslContextFactory();
        if (tls != null) {
            context.put(ClientConnector.SSL_CONTEXT_FACTORY_CONTEXT_KEY, tls);
        }
        context.put(Transport.CONTEXT_KEY, origin.getTransport());
        return context;
    }

    private final class Sockets implements AddressRace.Sockets {
        private final NameCache names;
        private final String host;
        private final Map<String, Object> context;

        private Sockets(NameCache names, String host, Map<String, Object> context) {
            this.names = names;
            this.host = host;
            this.context = context;
        }

        /** With a copy of the context, since each attempt puts its own into it. */
        @Override
        public void connect(Attempt attempt, Promise<Connection> outcome) {
            InetSocketAddress address = attempt.address();
            Map<String, Object> own = new ConcurrentHashMap<>(context);
            own.put(ClientConnector.REMOTE_SOCKET_ADDRESS_CONTEXT_KEY, address);
            own.put(Transport.CONTEXT_KEY, attempt.watched((Transport) context.get(Transport.CONTEXT_KEY)));
            own.put(Connection.PROMISE_CONTEXT_KEY, outcome);
            getHttpClientTransport().connect(address, own);
        }

        @Override
        public void abandon(Attempt attempt) {
            attempt.abandon();
            connector.wakeSelectors();
        }

        @Override
        public void connected(Attempt attempt) {
            names.connected(host, attempt.address().getAddress());
        }

        @Override
        public void failed(Attempt attempt) {
            names.failed(host, attempt.address().getAddress());
        }
    }
}
