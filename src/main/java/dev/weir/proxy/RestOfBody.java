package dev.weir.proxy;

import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a client still sends of its body when it has its final response: taken and thrown away, for {@value #MOST_SECONDS} s
 * at most. Closed at once, the connection would be reset by what comes in, and a client that is in the middle of sending
 * would see that and no response (RFC 9112 §9.6).
 *
 * <p>Threads: any; one at a time reads.
 */
final class RestOfBody {
    private static final Logger LOG = LoggerFactory.getLogger(RestOfBody.class);

    static final int MOST_SECONDS = 5;
    private static final int READ_BYTES = 16 * 1024;

    private final ServletInputStream in;
    private final Runnable then;
    private final Scheduler.Task end;
    private final byte[] scratch = new byte[READ_BYTES];
    private boolean over;

    /** @param then runs once: when the body has ended, its client is gone, or the time is over; never after {@link #stop} */
    RestOfBody(ServletInputStream in, Runnable then, Scheduler scheduler) {
        this.in = in;
        this.then = then;
        this.end = scheduler.schedule(this::end, MOST_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes what is there. Where more may come, the container has been asked to say when. */
    synchronized void take() {
        try {
            // Tomcat's stream is not ready at its end, so its end is asked for first.
            while (!over && !in.isFinished()) {
                if (!in.isReady()) {
                    return;
                }
                in.read(scratch);
            }
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("The client left while the rest of its body was thrown away", gone);
        }
        end();
    }

    private synchronized void end() {
        if (!over) {
            stop();
            then.run();
        }
    }

    /** Reads no more, nor does {@code then} run any more: returns when no other thread does either. */
    synchronized void stop() {
        over = true;
        end.cancel();
    }
}
