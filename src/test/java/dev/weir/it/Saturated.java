package dev.weir.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A listener whose backlog is full, and of which nobody accepts: the kernel answers none of the packets sent to it. */
final class Saturated implements AutoCloseable {
    private final List<Socket> waiting = new ArrayList<>();
    private final ServerSocket listener;

    /** On a free port of {@code 127.0.0.1}. */
    Saturated() {
        try {
            listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
            fill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    private void fill() throws IOException {
        try {
            while (waiting.size() < 16) {
                Socket socket = new Socket();
                waiting.add(socket);
                socket.connect(listener.getLocalSocketAddress(), 300);
            }
        } catch (SocketTimeoutException full) {
            return;
        }
        throw new IllegalStateException("a backlog of 1 takes " + waiting.size() + " connections");
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : waiting) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
