package dev.weir.boot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/** {@code /events}: a stream of server-sent events, one at once and one each second, until the reader leaves. */
final class DemoEvents extends Handler.Abstract.NonBlocking {
    private volatile boolean ending;

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        if ("HEAD".equals(request.getMethod())) {
            callback.succeeded();
        } else {
            new Stream(response, callback, request.getComponents().getScheduler()).run();
        }
        return true;
    }

    /** Ends each stream with its next event. */
    void end() {
        ending = true;
    }

    private final class Stream implements Runnable, Callback {
        private final Response response;
        private final Callback end;
        private final Scheduler scheduler;
        private int number;

        Stream(Response response, Callback end, Scheduler scheduler) {
            this.response = response;
            this.end = end;
            this.scheduler = scheduler;
        }

        @Override
        public void run() {
            number++;
            String event = "id: " + number + "\ndata: event " + number + " at " + Instant.now() + "\n\n";
            boolean last = ending;
            response.write(last, ByteBuffer.wrap(event.getBytes(StandardCharsets.UTF_8)), last ? end : this);
        }

        @Override
        public void succeeded() {
            scheduler.schedule(this, 1, TimeUnit.SECONDS);
        }

        @Override
        public void failed(Throwable gone) {
            end.failed(gone);
        }
    }
}
