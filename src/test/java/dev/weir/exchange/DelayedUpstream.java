package dev.weir.exchange;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * An upstream that takes 50 to 200 ms for each answer, of {@link #BODY_BYTES} bytes: in one piece with a length, or, to
 * {@code /chunked}, in five pieces with pauses between. It reads what it is sent before.
 */
final class DelayedUpstream implements AutoCloseable {
    static final int BODY_BYTES = 40_000;
    private static final int PIECES = 5;
    private static final int PAUSE_MILLIS = 20;
    private static final int LEAST_MILLIS = 50;
    private static final int MOST_MILLIS = 200;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server, 1, 1);

    DelayedUpstream() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback end) {
                Content.Source.consumeAll(
                        request, Callback.from(() -> answerLater(request, response, end), end::failed));
                return true;
            }
        });
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answerLater(Request request, Response response, Callback end) {
        boolean chunked = Request.getPathInContext(request).startsWith("/chunked");
        if (!chunked) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, BODY_BYTES);
        }
        int delay = ThreadLocalRandom.current().nextInt(LEAST_MILLIS, MOST_MILLIS);
        later(request, delay, () -> write(request, response, chunked ? PIECES : 1, chunked ? PIECES : 1, end));
    }

    private static void write(Request request, Response response, int left, int pieces, Callback end) {
        ByteBuffer piece = ByteBuffer.allocate(BODY_BYTES / pieces);
        boolean last = left == 1;
        Runnable next = () -> later(request, PAUSE_MILLIS, () -> write(request, response, left - 1, pieces, end));
        response.write(last, piece, last ? end : Callback.from(next, end::failed));
    }

    private static void later(Request request, int millis, Runnable task) {
        request.getComponents().getScheduler().schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
