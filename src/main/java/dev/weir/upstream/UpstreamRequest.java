package dev.weir.upstream;

import dev.weir.config.DestinationRules;
import dev.weir.config.ProxyHeader;
import dev.weir.tunnel.TunnelEnd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpScheme;

/**
 * A request whose method and target go out exactly as given. Jetty's own would parse the target as a URI, which fails on
 * or changes what clients really send ({@code |}, <code>{}</code>, a lone {@code %}), and would upper-case the method.
 *
 * <p>The target has been validated by {@code dev.weir.route}; it is never parsed again, so no form of it can name another
 * destination.
 */
public final class UpstreamRequest extends HttpRequest {
    /** Told, on whatever thread, each time the request comes to another stage before it is sent. */
    @FunctionalInterface
    public interface StageListener {
        void onStage(Stage stage);
    }

    /** Told of each interim response, in order, on the thread that reads the upstream's answer. */
    @FunctionalInterface
    public interface InterimListener {
        void onInterim(Response response);
    }

    /** Asking again changes nothing at the upstream (RFC 9110 §9.2.2). */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    /** What a connection that is being opened may be older than the exchange it is for, and its timeout still be its. */
    private static final long SAME_START_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** The constructor wants a URI; scheme, host and port are set one by one, so that names with {@code _} pass too. */
    private static final URI PLACEHOLDER = URI.create("http://localhost/");

    private static final int MOST_PASSED_OVER = 8;

    /** Keeps no attributes: Jetty puts an end point there for whoever upgrades a connection, which nobody does that way here. */
    private static final class Conversation extends HttpConversation {
        @Override
        public Object setAttribute(String name, Object attribute) {
            return null;
        }
    }

    private final String method;
    private final String path;
    /** Null where there is none; empty where the target ends in a bare {@code ?}. */
    private final String query;

    private final String target;
    private final boolean http2;
    // Set before it is sent.
    private StageListener stages = stage -> {};
    private InterimListener interims = response -> {};

    /** Guarded by its destination's {@link Openings}. */
    private Stage stage = Stage.QUEUED;

    private volatile long openingSinceNanos;
    private volatile Pooled carrier;
    // Seen by whoever sees the carrier, which is set after them.
    private long writtenBefore;
    private long receivedBefore;

    private volatile boolean answered;
    private volatile boolean heard;
    private volatile boolean unprocessed;
    /** Null where any connection will do. */
    private Long onlyOpenedAfterNanos;

    private final long createdNanos = System.nanoTime();
    private int passedOver;
    private boolean turnedBack;

    /** @param http2 whether the upstream has to speak HTTP/2 */
    UpstreamRequest(HttpClient client, String method, String target, boolean http2) {
        super(client, new Conversation(), PLACEHOLDER);
        this.http2 = http2;
        this.method = method;
        this.target = target;
        String octets = octets(target);
        int mark = octets.indexOf('?');
        this.path = mark < 0 ? octets : octets.substring(0, mark);
        this.query = mark < 0 ? null : octets.substring(mark + 1);
    }

    /** One character for each octet, as the sender encodes them. Jetty's server decodes a query as UTF-8. */
    private static String octets(String target) {
        return isAscii(target)
                ? target
                : new String(target.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public String getQuery() {
        return query;
    }

    /** None: cookies and authentication, which Jetty looks up by URI, are the client's own. */
    @Override
    public URI getURI() {
        return null;
    }

    /** Whether it is sent by HTTP/2. */
    public boolean isHttp2() {
        return http2;
    }

    /** What ALPN calls the HTTP/2 that it is sent by; null for HTTP/1.1. */
    String http2Protocol() {
        return !http2 ? null : HttpScheme.HTTPS.is(getScheme()) ? "h2" : "h2c";
    }

    /** Refused: the target is fixed. */
    @Override
    public Request path(String path) {
        throw new UnsupportedOperationException("the target is fixed: " + this.path);
    }

    /** Says whom to tell of stages; before it is sent. */
    public void onStage(StageListener listener) {
        stages = listener;
    }

    /** Names the client to the upstream, before it is sent; null where an address is not known. See {@link ClientTag}. */
    public void introduce(ProxyHeader version, InetSocketAddress client, InetSocketAddress here) {
        tag(ClientTag.of(version, client, here));
    }

    /** Holds its destination to the rules of the open route that named it; before it is sent. */
    public void within(DestinationRules rules) {
        tag(new RouteTag(rules, false));
    }

    /** Asks for a connection alone, on which nothing is sent: its success is that the connection is there, with a 101. */
    public void withinAsTunnel(DestinationRules rules) {
        tag(new RouteTag(rules, true));
    }

    private boolean isTunnel() {
        return getTag() instanceof RouteTag tag && tag.tunnel();
    }

    /** Says whom to tell of interim responses; before it is sent. */
    public void onInterim(InterimListener listener) {
        interims = listener;
    }

    /** An interim response has come; the final one is still to come. */
    void interim(Response response) {
        interims.onInterim(response);
    }

    /** Sends the body that {@code Expect: 100-continue} holds back; harmless where nothing is held back. */
    public void proceed() {
        HttpExchange exchange = getConversation().getExchanges().peekLast();
        if (exchange != null) {
            exchange.proceed(null, null);
        }
    }

    /** A connection is being opened for it. */
    void enter(Opening opening) {
        Stage next = opening.stage();
        if (stage != next && carrier == null) {
            if (stage == Stage.QUEUED) {
                openingSinceNanos = System.nanoTime();
            }
            stage = next;
            stages.onStage(next);
        }
    }

    /** Whether what ended an opening ends this request as well: not a timeout that began long before it came. */
    boolean isFailedBy(Opening opening, Throwable cause) {
        boolean timeout = cause instanceof TimeoutException || cause instanceof SocketTimeoutException;
        return !timeout || openingSinceNanos - opening.startedNanos < SAME_START_NANOS;
    }

    /** Whether it is sent for the second time. */
    boolean isAgain() {
        return onlyOpenedAfterNanos != null;
    }

    /**
     * The second time, only a connection that nobody has used will do: any other may be as dead as the first. It passes a
     * few over for that, and then takes what comes: it must not wait for ever.
     */
    boolean mayGoOn(Pooled connection) {
        if (isTunnel()) {
            // What another one has left behind may have been told something by now that this client must not miss.
            return connection.openedNanos - createdNanos >= 0;
        }
        return !isAgain()
                || connection.isShared() // one that was lost is not leased any more
                || (connection.openedNanos - onlyOpenedAfterNanos >= 0 && connection.uses == 1)
                || ++passedOver > MOST_PASSED_OVER;
    }

    /** Whether nothing can happen twice, however often it arrives. */
    boolean maySendTwice() {
        return getBody() == null && IDEMPOTENT.contains(method);
    }

    /** The connection that it was given would not do. */
    void turnBack() {
        turnedBack = true;
    }

    /** Whether it has waited for a connection before, and goes ahead of those who have not. */
    boolean hasWaited() {
        return isAgain() || turnedBack;
    }

    /** This connection carries it, from now on. */
    void goesOn(Pooled connection) {
        writtenBefore = connection.endPoint().writtenBytes();
        receivedBefore = connection.receivedBytes();
        carrier = connection;
    }

    /** Something of a response has come, by HTTP/2. */
    void heard() {
        heard = true;
    }

    /** The upstream has done nothing with it, by HTTP/2, nor will it; returns what to fail it with. */
    IOException unprocessed(Throwable cause) {
        unprocessed = true;
        return cause instanceof IOException io ? io : new IOException("not processed by the upstream", cause);
    }

    /** Its response has come through whole. */
    public void answered() {
        answered = true;
    }

    /**
     * Makes the connection the end of a tunnel, of which the upstream has said 101: once, after the exchange has completed.
     *
     * @param opened told soon, on the selector's thread
     */
    public void becomeTunnel(Consumer<TunnelEnd> opened) {
        TunnelConnection.upgrade((BoundedDestination) carrier.share().owner, carrier, opened);
    }

    boolean isAnswered() {
        return answered;
    }

    /**
     * Whether it may be sent once more, after it failed without a response: not a byte of it was written, or it may arrive
     * twice and the pooled connection that carried it died before any byte of an answer (RFC 9110 §9.2.2, RFC 9112 §9.3.1).
     * A body must then be given again from its first byte. By HTTP/2 it is the upstream that says what it did not process
     * (RFC 9113 §8.7), and each exchange on a connection that was lost decides for itself.
     *
     * @param lost whether it failed with its connection
     */
    public boolean maySendAgain(boolean lost) {
        Pooled used = carrier;
        if (used == null || isAgain() || isTunnel()) {
            return false;
        }
        if (unprocessed || !lost) {
            return unprocessed;
        }
        if (used.isShared()) {
            return !heard && used.uses > 1 && maySendTwice() && used.isLostToAll();
        }
        boolean unsent = used.endPoint().writtenBytes() == writtenBefore;
        boolean unanswered = used.receivedBytes() == receivedBefore;
        return unsent || (unanswered && used.uses > 1 && maySendTwice());
    }

    /** The same request once more, on a new connection; older idle ones of its destination go. */
    public UpstreamRequest again() {
        UpstreamRequest again = new UpstreamRequest(getHttpClient(), method, target, http2);
        again.scheme(getScheme()).host(getHost()).port(getPort()).idleTimeout(0, TimeUnit.MILLISECONDS);
        again.tag(getTag());
        again.headers(fields -> fields.add(getHeaders()));
        long now = System.nanoTime();
        again.onlyOpenedAfterNanos = now;
        if (!carrier.isShared()) {
            carrier.share().owner.closeIdleOpenedBefore(now);
        }
        return again;
    }
}
