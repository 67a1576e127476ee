package dev.weir.exchange;

import dev.weir.config.RouteConfiguration;
import dev.weir.config.UpstreamUrl;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * What there is to tell of one request: what was asked, how it ended, when it had come how far, and how many bytes passed.
 * A request that no route claims has one as well, without an exchange.
 *
 * <p>Durations are nanoseconds, {@link #UNKNOWN} where it did not come so far. Byte counts are of bodies, tunnels included.
 *
 * <p>Threads: any may read at any time, and sees what has been told by then. Each count has one writer at a time.
 */
public final class Report {
    /** The duration of what did not happen. */
    public static final long UNKNOWN = -1;

    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int OK = 200;

    /** What is marked in each exchange; in this order, but for one that is sent once more. */
    private enum Moment {
        OPENING,
        SENDING,
        HEAD,
        UPSTREAM_END,
        END
    }

    /** For the marks: others see them soon, and nobody waits until they do, as behind a volatile write. */
    private static final VarHandle MARKS = MethodHandles.arrayElementVarHandle(long[].class);

    private final RouteConfiguration route;
    private final String method;
    private final String path;
    private final Clock clock;
    private final long beganMillis = System.currentTimeMillis();
    private final long beganNanos;

    private volatile ClientRequest client;
    private volatile UpstreamUrl upstream;
    private volatile int upstreamStatus;
    private volatile Ending ending;

    /** By the ordinal of each {@link Moment}, since the beginning; {@link #UNKNOWN} where it has not come. */
    private final long[] nanos = {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN};

    private volatile int retries;
    private volatile long receivedBytes;
    private volatile long sentBytes;

    /** @param status 0 where it is the upstream's */
    private record Ending(Outcome outcome, String sentence, int status) {}

    /**
     * Begins now.
     *
     * @param route null where none claims the request
     * @param path raw, as the client sent it, without the query, which may hold what is nobody's business
     */
    public Report(RouteConfiguration route, String method, String path, Clock clock) {
        this.route = route;
        this.method = method;
        this.path = path;
        this.clock = clock;
        this.beganNanos = clock.nanoTime();
    }

    private void mark(Moment moment, long at) {
        MARKS.setRelease(nanos, moment.ordinal(), at);
    }

    private long at(Moment moment) {
        return (long) MARKS.getAcquire(nanos, moment.ordinal());
    }

    private long now() {
        return clock.nanoTime() - beganNanos;
    }

    /** One for exchanges that are told apart by their identity, and cheaper than that of an identity. */
    public int hashOfBeginning() {
        return Long.hashCode(beganNanos);
    }

    /** How long ago it began, whether it has ended or not. */
    public long ageNanos() {
        return now();
    }

    // What happens, in this order.

    /** Keeps what the client sent for the access log. */
    public void keep(ClientRequest request) {
        client = request;
    }

    /** It leads to this upstream. */
    void leadsTo(UpstreamUrl url) {
        upstream = url;
    }

    /** A connection is being opened for it; the first time counts. */
    public void opening() {
        if (at(Moment.OPENING) == UNKNOWN) {
            mark(Moment.OPENING, now());
        }
    }

    /** It has a connection, and goes out. */
    public void sending() {
        mark(Moment.SENDING, now());
    }

    /** It failed before anything could happen, and is sent once more. */
    public void retried() {
        retries++;
        mark(Moment.OPENING, UNKNOWN);
        mark(Moment.SENDING, UNKNOWN);
    }

    /** The head of a response has come; the last one counts. */
    void answered(int status) {
        upstreamStatus = status;
        mark(Moment.HEAD, now());
    }

    /** The connection is there that a CONNECT asked for: as if the upstream had switched to whatever comes. */
    public void connected() {
        sending();
        answered(SWITCHING_PROTOCOLS);
    }

    /** Bytes of a body came from the client. */
    public void received(int bytes) {
        receivedBytes += bytes;
    }

    /** Bytes of a body went to the client. */
    public void sent(int bytes) {
        sentBytes += bytes;
    }

    /** The upstream's part is over. */
    public void upstreamEnded() {
        mark(Moment.UPSTREAM_END, now());
    }

    /** Says how it ended; the first word counts. */
    public void conclude(Refusal refusal) {
        conclude(refusal.outcome(), refusal.sentence());
    }

    /**
     * Says how it ended; the first word counts.
     *
     * @param sentence null where there is nothing to explain
     */
    public void conclude(Outcome outcome, String sentence) {
        conclude(outcome, sentence, outcome.status());
    }

    /** Says that it was answered here, and well; the first word counts. */
    public void answeredHere(int status) {
        conclude(Outcome.OK, null, status);
    }

    private synchronized void conclude(Outcome outcome, String sentence, int status) {
        if (ending == null) {
            ending = new Ending(outcome, sentence, status);
        }
    }

    /** Nothing more happens. */
    public void end() {
        conclude(Outcome.OK, null);
        mark(Moment.END, now());
    }

    // What there is to tell.

    /** The route that claims it, where one does. */
    public Optional<RouteConfiguration> route() {
        return Optional.ofNullable(route);
    }

    /** The client's method, as it was sent. */
    public String method() {
        return method;
    }

    /** The raw path, without the query. */
    public String path() {
        return path;
    }

    /** What the client sent, where somebody wanted it kept. */
    public Optional<ClientRequest> client() {
        return Optional.ofNullable(client);
    }

    /** Where it leads, as far as that is known. */
    public Optional<UpstreamUrl> upstream() {
        return Optional.ofNullable(upstream);
    }

    /** When it began, in milliseconds since 1970. */
    public long beganMillis() {
        return beganMillis;
    }

    /** How it ended; OK, too, as long as it has not. */
    public Outcome outcome() {
        Ending known = ending;
        return known == null ? Outcome.OK : known.outcome();
    }

    /** Whether it is known how it ended. */
    public boolean isConcluded() {
        return ending != null;
    }

    /** Why it ended so; empty where there is nothing to explain. */
    public Optional<String> sentence() {
        Ending known = ending;
        return known == null ? Optional.empty() : Optional.ofNullable(known.sentence());
    }

    /** The status that the client was told, or 499 where it left; 0 where it was told nothing. */
    public int status() {
        Ending known = ending;
        int own = known == null ? 0 : known.status();
        if (own != 0) {
            return own;
        }
        boolean connected = upstreamStatus == SWITCHING_PROTOCOLS && method.equals("CONNECT");
        return connected ? OK : upstreamStatus;
    }

    /** The status of the upstream's response; 0 where there was none. */
    public int upstreamStatus() {
        return upstreamStatus;
    }

    /** Not where it went out by another connection before it was told of the one that is being opened. */
    private boolean wasOpened() {
        long opening = at(Moment.OPENING);
        long sending = at(Moment.SENDING);
        return opening != UNKNOWN && (sending == UNKNOWN || opening <= sending);
    }

    /** Until it had a connection, or one was being opened for it. */
    public long queuedNanos() {
        return wasOpened() ? at(Moment.OPENING) : at(Moment.SENDING);
    }

    /** For the opening of a connection; 0 where it got one that was open. */
    public long connectingNanos() {
        if (!wasOpened()) {
            return at(Moment.SENDING) == UNKNOWN ? UNKNOWN : 0;
        }
        return between(at(Moment.OPENING), at(Moment.SENDING));
    }

    /** From when it went out to the response's head. */
    public long firstByteNanos() {
        return between(at(Moment.SENDING), at(Moment.HEAD));
    }

    /** From when it went out until the upstream's part was over. */
    public long upstreamNanos() {
        return between(at(Moment.SENDING), at(Moment.UPSTREAM_END));
    }

    /** From its beginning to its end. */
    public long totalNanos() {
        return at(Moment.END);
    }

    /** How long it has held a connection by now; {@link #UNKNOWN} where it holds none. */
    public long heldNanos() {
        return at(Moment.UPSTREAM_END) == UNKNOWN ? between(at(Moment.SENDING), now()) : UNKNOWN;
    }

    private static long between(long from, long to) {
        return from == UNKNOWN || to == UNKNOWN ? UNKNOWN : to - from;
    }

    /** How often it was sent again. */
    public int retries() {
        return retries;
    }

    /** Body bytes from the client. */
    public long receivedBytes() {
        return receivedBytes;
    }

    /** Body bytes to the client. */
    public long sentBytes() {
        return sentBytes;
    }
}
