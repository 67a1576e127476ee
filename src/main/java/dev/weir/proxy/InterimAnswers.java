package dev.weir.proxy;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Home;
import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.http.HttpFields;

/**
 * The interim responses of one exchange on their way to its client, one after the other and all before the head (RFC 9110
 * §15.2). At most {@value #MOST} wait; what comes beyond is dropped, as any may be that nothing depends on.
 *
 * <p>Threads: any.
 */
final class InterimAnswers {
    static final int MOST = 8;

    private record Interim(int status, HttpFields fields, Runnable then) {}

    private final Exchange exchange;
    private final Home home;
    /** Null as long as there is none, as in most exchanges. */
    private Deque<Interim> waiting;

    private boolean onItsWay;

    InterimAnswers(Exchange exchange, Home home) {
        this.exchange = exchange;
        this.home = home;
    }

    /**
     * Takes one in, for {@link #sendNext}.
     *
     * @param then run when it has gone out or the home has dropped it; null where nothing depends on it
     */
    synchronized void add(int status, HttpFields fields, Runnable then) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(MOST);
        }
        if (waiting.size() < MOST || then != null) {
            waiting.add(new Interim(status, fields, then == null ? () -> {} : then));
        }
    }

    /**
     * Begins to send the next one, where none is on its way.
     *
     * @param again run when it has gone out
     * @return whether one is on its way, so that nothing else may be written
     */
    boolean sendNext(Runnable again) {
        Interim next;
        synchronized (this) {
            if (onItsWay) {
                return true;
            }
            next = waiting == null ? null : waiting.poll();
            if (next == null) {
                return false;
            }
            onItsWay = true;
        }
        home.interim(exchange, next.status(), next.fields(), () -> {
            synchronized (this) {
                onItsWay = false;
            }
            next.then().run();
            again.run();
        });
        return true;
    }
}
