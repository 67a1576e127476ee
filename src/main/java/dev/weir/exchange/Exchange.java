package dev.weir.exchange;

import dev.weir.config.RouteConfiguration;
import dev.weir.config.UpstreamUrl;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * One client request and what became of it: the only request attribute of Weir. The filters build the upstream request's
 * head here on the way in, and what each registers with {@link #onResponseHead} runs in reverse order on the way out.
 *
 * <p>It has two legs, the client's and the upstream's. The exchange ends, exactly once, when both have: then permits come
 * back. Ending a leg twice is harmless, so every path may simply end it.
 *
 * <p>Threads: one at a time until the servlet sends the upstream request; after that only the steps that say so.
 */
public final class Exchange {
    private static final String ATTRIBUTE = Exchange.class.getName();
    /** Status line, Date, Transfer-Encoding, Connection, Keep-Alive, and a Content-Type written in another way. */
    private static final int CONTAINERS_OWN_BYTES = 256;
    /** What a field counts beside its name and value: colon, space and line end; in HTTP/2 by definition (RFC 9113 §6.5.2). */
    private static final int FIELD_BYTES = ": \r\n".length();

    private static final int HTTP_2_FIELD_BYTES = 32;

    /** A side of the exchange that holds resources until it ends. */
    public enum Leg {
        CLIENT(1),
        UPSTREAM(2);

        private final int bit;

        Leg(int bit) {
            this.bit = bit;
        }
    }

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final RouteConfiguration route;
    private final Report report;
    /** Asked once: behind its end, which a client may bring about at any time, the container's request tells nothing. */
    private final boolean http2;

    private final HttpFields.Mutable upstreamFields = HttpFields.build();
    private final Deque<Runnable> responseHeadSteps = new ArrayDeque<>(4);
    private final Deque<Runnable> endSteps = new ArrayDeque<>(4);
    private final AtomicInteger openLegs = new AtomicInteger(Leg.CLIENT.bit);
    private volatile boolean asynchronous;
    private volatile boolean aborted;
    private volatile Switching switching;
    private Upgrade upgrade;
    private boolean letIn;
    private boolean connect;
    private UpstreamUrl upstream;
    private String upstreamTarget;
    private String upstreamProtocol;
    private HttpFields.Mutable clientFields;

    private Exchange(HttpServletRequest request, HttpServletResponse response, RouteConfiguration route) {
        this.request = request;
        this.response = response;
        this.route = route;
        this.report = new Report(route, request.getMethod(), request.getRequestURI(), Clock.SYSTEM);
        this.http2 = request.getProtocol().startsWith("HTTP/2");
    }

    /** Opens the exchange of a request that a route claims. */
    public static Exchange open(HttpServletRequest request, HttpServletResponse response, RouteConfiguration route) {
        Exchange exchange = new Exchange(request, response, route);
        request.setAttribute(ATTRIBUTE, exchange);
        return exchange;
    }

    /** The exchange of a request, or null where none was opened: a page of our own, a foreign servlet. */
    public static Exchange of(ServletRequest request) {
        return (Exchange) request.getAttribute(ATTRIBUTE);
    }

    /** The client request, as the container gives it. */
    public HttpServletRequest request() {
        return request;
    }

    /** What there is to tell of it. */
    public Report report() {
        return report;
    }

    /** Whether the client speaks HTTP/2. */
    public boolean isHttp2() {
        return http2;
    }

    /** The client response, as the container gives it. */
    public HttpServletResponse response() {
        return response;
    }

    /** The route that claims the path. */
    public RouteConfiguration route() {
        return route;
    }

    /**
     * Whom the client asked, {@code host[:port]}: its {@code Host}, or in HTTP/2, where a container gives none, what it
     * made of {@code :authority}.
     */
    public String hostAsked() {
        String host = request.getHeader("Host");
        if (host != null && !host.isEmpty()) {
            return host;
        }
        int port = request.getServerPort();
        boolean usual = port == (request.isSecure() ? 443 : 80);
        return usual ? request.getServerName() : request.getServerName() + ":" + port;
    }

    /** The upstream request's header fields, in the order they will be sent. */
    public HttpFields.Mutable upstreamFields() {
        return upstreamFields;
    }

    /** Says where the upstream request goes: the route's upstream, and the origin-form target, byte for byte. */
    public void sendTo(UpstreamUrl url, String target) {
        this.upstream = url;
        this.upstreamTarget = target;
        report.leadsTo(url);
    }

    /** Says that the client asks for a connection to an upstream, and for nothing on it (RFC 9110 §9.3.6). */
    public void connectTo(UpstreamUrl url) {
        sendTo(url, "");
        this.connect = true;
    }

    /** Says that the client is one of the forward proxy's users, and which. */
    public void letIn(String user) {
        letIn = true;
        report.client().ifPresent(client -> report.keep(client.withUser(user)));
    }

    /** Whether the client is one of the forward proxy's users. */
    public boolean isLetIn() {
        return letIn;
    }

    /** Whether the client asks for a connection alone. */
    public boolean isConnect() {
        return connect;
    }

    /** The upstream that the request goes to; null until {@link #sendTo}. */
    public UpstreamUrl upstream() {
        return upstream;
    }

    /** What sentences call it: {@code scheme://host:port}, or {@code host:port} where nobody knows what will be spoken. */
    public String upstreamName() {
        return connect ? upstream.authority() : upstream.origin();
    }

    /** The origin-form request target (RFC 9112 §3.2.1); null until {@link #sendTo}. */
    public String upstreamTarget() {
        return upstreamTarget;
    }

    /** Registers a filter's other half; runs on the upstream response's head, the last registered first. */
    public void onResponseHead(Runnable step) {
        responseHeadSteps.push(step);
    }

    /** Registers what must happen when the exchange ends, such as giving back a permit; the last registered first. */
    public void onEnd(Runnable step) {
        endSteps.push(step);
    }

    /**
     * Takes the upstream response's head and passes it through the filters' other halves.
     *
     * @param protocol that of the upstream's response, {@code HTTP/1.1}
     * @param fields its header fields; the filters change them in place into those of the client response
     */
    public void responseHead(int status, String protocol, HttpFields.Mutable fields) {
        report.answered(status);
        this.upstreamProtocol = protocol;
        this.clientFields = fields;
        responseHeadSteps.forEach(Runnable::run);
    }

    /** The status of the upstream's response; 0 until its head came. */
    public int upstreamStatus() {
        return report.upstreamStatus();
    }

    /** Says that the request asks the upstream for another protocol. */
    public void askFor(Upgrade asked) {
        this.upgrade = asked;
    }

    /** What the request asks the upstream for; null where it is an ordinary one. */
    public Upgrade upgrade() {
        return upgrade;
    }

    /** The client response's header fields; null until the upstream's head came. */
    public HttpFields.Mutable clientFields() {
        return clientFields;
    }

    /** The most bytes that the client response's head takes, with a status line and what a container adds of its own. */
    public int clientHeadBytes() {
        int bytes = CONTAINERS_OWN_BYTES;
        int ofEach = http2 ? HTTP_2_FIELD_BYTES : FIELD_BYTES;
        for (HttpField field : clientFields) {
            bytes += field.getName().length() + ofEach;
            bytes += field.getValue() == null ? 0 : field.getValue().length();
        }
        return bytes;
    }

    /** The protocol of the upstream's response, {@code HTTP/1.1}; null until its head came. */
    public String upstreamProtocol() {
        return upstreamProtocol;
    }

    /** Answers with a refusal, synchronously, before the exchange became asynchronous. */
    public void refuse(Refusal refusal) throws IOException {
        report.conclude(refusal);
        report.sent(refusal.writeTo(request, response));
    }

    /** From here on the servlet ends the client's leg, not the filter that opened the exchange. */
    public void goAsynchronous() {
        asynchronous = true;
    }

    /** Whether the servlet took over the end of the client's leg. */
    public boolean isAsynchronous() {
        return asynchronous;
    }

    /** Marks the exchange for the dispatch in which the servlet throws; see {@link TomcatHome}. */
    void markAborted() {
        aborted = true;
    }

    /** Whether this dispatch must throw, so that the container closes the client's connection. */
    public boolean isAborted() {
        return aborted;
    }

    /** Marks the exchange for the dispatch in which the servlet switches protocols; see {@link TomcatHome}. */
    void markSwitching(Switching whom) {
        switching = whom;
    }

    /** Whether this dispatch must switch protocols. */
    public boolean isSwitching() {
        return switching != null;
    }

    /** Whom to tell what came of it. */
    Switching switching() {
        return switching;
    }

    /** Completes the asynchronous processing; harmless where the container has done so. */
    public void complete() {
        try {
            request.getAsyncContext().complete();
        } catch (IllegalStateException alreadyComplete) {
            // The container found the client gone and ended the exchange first.
        }
    }

    /** Opens the upstream's leg: something is about to be sent. */
    public void beginUpstream() {
        openLegs.accumulateAndGet(Leg.UPSTREAM.bit, (open, bit) -> open | bit);
    }

    /** Ends a leg; when it was the last one open, the exchange ends. Any thread. */
    public void end(Leg leg) {
        int before = openLegs.getAndAccumulate(leg.bit, (open, bit) -> open & ~bit);
        if (before == leg.bit) {
            endSteps.forEach(Runnable::run);
        }
    }
}
