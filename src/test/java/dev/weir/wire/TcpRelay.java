package dev.weir.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Passes bytes from a free loopback port to another one, which may be told later: what a load balancer or a port forward
 * does. Counts the connections.
 */
public final class TcpRelay implements AutoCloseable {
    /** What is said on a new connection before bytes pass. */
    @FunctionalInterface
    interface Handshake {
        /** The port on the loopback to go to; 0 closes the connection. */
        int target(Socket client) throws IOException;
    }

    private final ServerSocket listener;
    private final Handshake handshake;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile int target;
    private volatile int connections;

    public TcpRelay() {
        handshake = client -> target;
        listener = listen();
        daemon(this::acceptAll);
    }

    TcpRelay(Handshake handshake) {
        this.handshake = handshake;
        listener = listen();
        daemon(this::acceptAll);
    }

    private static ServerSocket listen() {
        try {
            return new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the connections go from now on; until then they are closed. */
    public TcpRelay to(int port) {
        target = port;
        return this;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Connections accepted so far. */
    public int connections() {
        return connections;
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                connections++;
                open.add(client);
                daemon(() -> begin(client));
            } catch (IOException closed) {
                continue;
            }
        }
    }

    private void begin(Socket client) {
        try {
            int port = handshake.target(client);
            if (port == 0) {
                client.close();
                return;
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
            open.add(server);
            daemon(() -> pass(client, server));
            pass(server, client);
        } catch (IOException nobodyThere) {
            return;
        }
    }

    /** One way, until either end closes; then both do. */
    private static void pass(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException closed) {
            return;
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
