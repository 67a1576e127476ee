package dev.weir.it;

import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An upstream for many connections at once, with a few threads. */
final class SlowUpstream implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final Server server;

    /** What it does with a request. */
    @FunctionalInterface
    interface Answer {
        void give(Request request, Response response, Callback end);
    }

    SlowUpstream(Answer answer) {
        server = new Server(new QueuedThreadPool(8, 1));
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(TimeUnit.MINUTES.toMillis(5));
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback end) {
                answer.give(request, response, end);
                return true;
            }
        });
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers after so many milliseconds. */
    static Answer after(long millis) {
        return (request, response, end) -> request.getComponents()
                .getScheduler()
                .schedule(() -> answer(response, end), millis, TimeUnit.MILLISECONDS);
    }

    /** Takes the request, and that is all. */
    static Answer never() {
        return (request, response, end) -> {};
    }

    /** Begins to answer, and never ends. */
    static Answer withoutEnd() {
        return (request, response, end) -> {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 1000);
            response.write(false, ByteBuffer.wrap(new byte[10]), Callback.NOOP);
        };
    }

    /** Answers after 100 ms, or closes the connection before or instead. */
    static Answer closingAtRandom() {
        Random random = new Random(3);
        return (request, response, end) -> request.getComponents()
                .getScheduler()
                .schedule(
                        () -> {
                            if (random.nextInt(3) == 0) {
                                request.getConnectionMetaData()
                                        .getConnection()
                                        .getEndPoint()
                                        .close();
                                end.succeeded();
                            } else {
                                answer(response, end);
                            }
                        },
                        random.nextInt(100),
                        TimeUnit.MILLISECONDS);
    }

    private static void answer(Response response, Callback end) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 2);
        response.write(true, ByteBuffer.wrap(new byte[] {'o', 'k'}), end);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + ((ServerConnector) server.getConnectors()[0]).getLocalPort());
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
