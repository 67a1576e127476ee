package dev.weir.it;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;

/** A WebSocket server that echoes, on a free loopback port, and a client; both offer permessage-deflate. */
public final class WebSocketEnds {
    /** The text on which the server closes with 4002. */
    static final String LEAVE = "leave";

    private static final int MOST_BYTES = 4 << 20;

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final WebSocketClient client = new WebSocketClient();

    WebSocketEnds() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(WebSocketUpgradeHandler.from(server, container -> {
            container.setMaxBinaryMessageSize(MOST_BYTES);
            container.setMaxTextMessageSize(MOST_BYTES);
            container.addMapping("/echo", (request, response, callback) -> {
                response.setAcceptedSubProtocol("echo");
                return new Echo();
            });
        }));
        server.start();
        client.setMaxBinaryMessageSize(MOST_BYTES);
        client.setMaxTextMessageSize(MOST_BYTES);
        client.start();
    }

    URI upstream() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    Session connect(URI uri, Peer peer) throws Exception {
        ClientUpgradeRequest request = new ClientUpgradeRequest(uri);
        request.addExtensions("permessage-deflate");
        request.setSubProtocols("echo", "other");
        return client.connect(peer, request).get(20, TimeUnit.SECONDS);
    }

    void stop() throws Exception {
        client.stop();
        server.stop();
    }

    public static final class Echo extends Session.Listener.AbstractAutoDemanding {
        @Override
        public void onWebSocketText(String message) {
            if (message.equals(LEAVE)) {
                getSession().close(4002, "as you wish", Callback.NOOP);
            } else {
                getSession().sendText(message, Callback.NOOP);
            }
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            getSession().sendBinary(payload, callback);
        }
    }

    /** The client's side of one session. */
    public static final class Peer extends Session.Listener.AbstractAutoDemanding {
        final CompletableFuture<String> pong = new CompletableFuture<>();
        final CompletableFuture<String> closed = new CompletableFuture<>();
        private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();

        /** The next message, text as UTF-8. */
        byte[] next() throws InterruptedException {
            byte[] next = messages.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no message, closed: " + closed);
            }
            return next;
        }

        @Override
        public void onWebSocketText(String message) {
            messages.add(message.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
            byte[] bytes = new byte[payload.remaining()];
            payload.get(bytes);
            messages.add(bytes);
            callback.succeed();
        }

        @Override
        public void onWebSocketPong(ByteBuffer payload) {
            pong.complete(StandardCharsets.UTF_8.decode(payload).toString());
        }

        @Override
        public void onWebSocketClose(int statusCode, String reason, Callback callback) {
            closed.complete(statusCode + (reason == null ? "" : " " + reason));
            callback.succeed();
        }
    }
}
