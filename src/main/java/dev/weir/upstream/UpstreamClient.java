package dev.weir.upstream;

import dev.weir.config.AddressRanges;
import dev.weir.config.Configuration;
import dev.weir.config.SharedParameters;
import dev.weir.config.UpstreamUrl;
import dev.weir.config.Values;
import dev.weir.exchange.Clock;
import dev.weir.limits.Descriptors;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The one client to all upstreams, shared by every route of the web application: started once, stopped with it.
 *
 * <p>It follows no redirect, keeps no cookie, decodes nothing, invents no header field and asks no system setting for a
 * proxy.
 *
 * <p>Threads: any.
 */
public final class UpstreamClient implements AutoCloseable {
    /** Room in an upstream request's head for the fields that Weir adds to what the client sent. */
    private static final int OWN_FIELDS_BYTES = 2048;

    private static final int MAX_THREADS = 32;
    /**
     * Pooled buffers come in multiples of this, up to {@link #MOST_BUFFER_BYTES}, as in Jetty's client. The pool keeps as
     * many as were lent at once, up to an eighth of the heap's size: Jetty's few of each size, of which those that are lent
     * count as well, would make a new one for each read as soon as some clients are slow, and leave it to the collector.
     */
    private static final int BUFFER_STEP_BYTES = 2048;

    private static final int MOST_BUFFER_BYTES = 64 * 1024;
    private final HttpClient client;
    private final ConnectionBudget budget;
    private final Housekeeping housekeeping;
    private final boolean keepAlive;

    private UpstreamClient(HttpClient client, ConnectionBudget budget, Housekeeping housekeeping, boolean keepAlive) {
        this.client = client;
        this.budget = budget;
        this.housekeeping = housekeeping;
        this.keepAlive = keepAlive;
    }

    /**
     * Starts the client.
     *
     * @param descriptors say how many sockets there may be at once, and count them
     * @param own our own listeners, to which no request of an open route leads
     * @throws IllegalStateException where it cannot start: the message says what was wrong
     */
    public static UpstreamClient start(
            Configuration configuration, Descriptors descriptors, Predicate<InetSocketAddress> own) {
        return start(configuration, descriptors, own, null);
    }

    /**
     * Starts the client.
     *
     * @param selectors watch its sockets, see {@link UpstreamSockets}; null for selectors of its own
     */
    public static UpstreamClient start(
            Configuration configuration,
            Descriptors descriptors,
            Predicate<InetSocketAddress> own,
            HostSelectors selectors) {
        return start(configuration, descriptors, own, selectors, NameLookup.SYSTEM);
    }

    static UpstreamClient start(
            Configuration configuration,
            Descriptors descriptors,
            Predicate<InetSocketAddress> own,
            HostSelectors selectors,
            NameLookup lookup) {
        Values shared = configuration.shared();
        DestinationBounds bounds = DestinationBounds.of(configuration);
        ConnectionBudget budget = new ConnectionBudget(
                bounds.limits(shared, descriptors.limits().connectionBudget()), Clock.SYSTEM, counting(descriptors));
        UpstreamConnector connector = new UpstreamConnector(shared.get(SharedParameters.TCP_KEEP_ALIVE), selectors);
        connector.setSslContextFactory(UpstreamTls.contextFactory(shared.get(SharedParameters.UPSTREAM_CA)));
        UpstreamHttpClient client =
                new UpstreamHttpClient(new BoundedTransport(connector, budget, bounds, own), connector, shared, lookup);
        configure(client, shared);
        try {
            client.start();
        } catch (Exception cause) {
            stop(client);
            throw new IllegalStateException("The client to the upstreams does not start: " + cause.getMessage(), cause);
        }
        // Only after the start: it fills both in.
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().clear();
        client.getProtocolHandlers().put(new InterimResponses());
        boolean keepAlive = shared.get(SharedParameters.KEEP_ALIVE);
        return new UpstreamClient(
                client, budget, new Housekeeping(budget, client::refreshNames, client.getScheduler()), keepAlive);
    }

    private static HeldSockets.Counter counting(Descriptors descriptors) {
        return new HeldSockets.Counter() {
            @Override
            public void opened() {
                descriptors.opened();
            }

            @Override
            public void closed() {
                descriptors.closed();
            }
        };
    }

    private static void configure(HttpClient client, Values shared) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
        threads.setName("weir-upstream");
        threads.setDaemon(true);
        client.setExecutor(threads);
        client.setByteBufferPool(new LentBuffers(new ArrayByteBufferPool(0, BUFFER_STEP_BYTES, MOST_BUFFER_BYTES)));
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setDefaultRequestContentType(null);
        client.setDestinationIdleTimeout(
                shared.get(SharedParameters.DESTINATION_IDLE_TIMEOUT).toMillis());
        // The budget closes what is idle; a timer of each socket's own would come between.
        client.setIdleTimeout(0);
        shared.get(SharedParameters.UPSTREAM_PROXY)
                .ifPresent(proxy -> client.getProxyConfiguration().addProxy(ProxyTunnel.through(proxy)));
        client.setRequestBufferSize(shared.get(SharedParameters.REQUEST_BUFFER_SIZE));
        client.setResponseBufferSize(shared.get(SharedParameters.RESPONSE_BUFFER_SIZE));
        client.setMaxRequestHeadersSize(shared.get(SharedParameters.MAX_REQUEST_HEADERS_SIZE) + OWN_FIELDS_BYTES);
        client.setMaxResponseHeadersSize(shared.get(SharedParameters.MAX_RESPONSE_HEADERS_SIZE));
        client.addBean(UpstreamTls.handshakes());
    }

    /** Jetty's client, for what a servlet that extends Jetty's must have. */
    public HttpClient jetty() {
        return client;
    }

    /** A request for one destination; method and target go out as given. */
    public UpstreamRequest newRequest(UpstreamUrl upstream, String method, String target) {
        UpstreamRequest request = new UpstreamRequest(client, method, target, upstream.isHttp2());
        request.scheme(upstream.httpScheme()).host(upstream.host()).port(upstream.port());
        // The exchange's own timers rule while it runs; the client's idle timeout is for pooled connections alone.
        request.idleTimeout(0, TimeUnit.MILLISECONDS);
        if (!keepAlive) {
            request.headers(fields -> fields.put(HttpHeader.CONNECTION, "close"));
        }
        return request;
    }

    /** For the exchanges' timers. */
    public Scheduler scheduler() {
        return client.getScheduler();
    }

    /** For steps that may not stay on the thread that they come from. */
    public Executor executor() {
        return client.getExecutor();
    }

    /** For what is read from clients; bounded with the client's own buffers. */
    public ByteBufferPool buffers() {
        return client.getByteBufferPool();
    }

    /** Every upstream known now. */
    public List<DestinationSnapshot> snapshot() {
        Map<String, DestinationSnapshot> byOrigin = new LinkedHashMap<>();
        client.getDestinations().stream()
                .map(BoundedDestination.class::cast)
                .map(BoundedDestination::snapshot)
                .forEach(one -> byOrigin.merge(one.origin(), one, DestinationSnapshot::with));
        return List.copyOf(byOrigin.values());
    }

    /** One upstream's counts, where it is known. */
    public Optional<DestinationSnapshot> snapshot(UpstreamUrl upstream) {
        return snapshot().stream()
                .filter(destination -> destination.origin().equals(upstream.origin()))
                .findFirst();
    }

    /** What of the connection budget is in use now. */
    public BudgetSnapshot budget() {
        return budget.snapshot();
    }

    /** {@code scheme://host:port}, as {@link UpstreamUrl#origin} writes it. Jetty keeps IPv6 in brackets. */
    static String originOf(Origin origin) {
        String scheme = Http2Connections.isFor(origin)
                ? origin.getProtocol().getProtocols().get(0)
                : origin.getScheme();
        return new UpstreamUrl(
                        scheme,
                        AddressRanges.literal(origin.getAddress().getHost()),
                        origin.getAddress().getPort(),
                        "")
                .origin();
    }

    @Override
    public void close() {
        housekeeping.stop();
        stop(client);
    }

    private static void stop(HttpClient client) {
        try {
            client.stop();
        } catch (Exception cause) {
            throw new IllegalStateException("The client to the upstreams does not stop: " + cause.getMessage(), cause);
        }
    }
}
