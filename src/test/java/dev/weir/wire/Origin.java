package dev.weir.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * An upstream on a free loopback port that does what the test scripts, connection by connection:
 *
 * <pre>{@code
 * OriginConnection upstream = origin.accept();
 * assertThat(upstream.receiveRequest().target()).isEqualTo("/a");
 * upstream.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345").close();
 * }</pre>
 *
 * <p>or, where the answers do not matter, {@link #answerAll}. Closing it closes every connection with an RST.
 */
public final class Origin implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ServerSocketChannel listener;
    private final SSLContext tls;
    private final BlockingQueue<OriginConnection> waiting = new LinkedBlockingQueue<>();
    private final List<OriginConnection> accepted = new CopyOnWriteArrayList<>();
    private volatile Function<ReceivedRequest, byte[]> answers;
    private volatile boolean closing;

    /** Speaks plain HTTP. */
    public Origin() {
        this((SSLContext) null);
    }

    /** Speaks plain HTTP on this address, of which the test knows that it is free. */
    public Origin(String host, int port) {
        this(null, new InetSocketAddress(host, port));
    }

    /** Speaks HTTP over TLS; the handshake is made when the script first reads or sends. */
    public Origin(SSLContext tls) {
        this(tls, new InetSocketAddress("127.0.0.1", 0));
    }

    private Origin(SSLContext tls, InetSocketAddress address) {
        this.tls = tls;
        try {
            listener = ServerSocketChannel.open().bind(address, 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon("origin-" + port(), this::acceptAll);
    }

    /** Speaks plain HTTP on {@code [::1]}. */
    public static Origin onIpv6() {
        return new Origin("::1", 0);
    }

    /** A 200 with this body, framed by its length. */
    public static byte[] ok(String body) {
        return ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body).getBytes(ISO_8859_1);
    }

    public int port() {
        return listener.socket().getLocalPort();
    }

    /** Scheme, address and port, without a path. */
    public URI uri() {
        InetAddress address = listener.socket().getInetAddress();
        String host = address instanceof Inet6Address ? "[::1]" : address.getHostAddress();
        return URI.create((tls == null ? "http" : "https") + "://" + host + ":" + port());
    }

    /** The next connection in the order of arrival, within 10 s. */
    public OriginConnection accept() {
        try {
            OriginConnection next = waiting.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("no new connection within " + PATIENCE + ", earlier ones: " + accepted);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a connection", e);
        }
    }

    /**
     * Answers every request on every connection, those not yet handed out by {@link #accept()} included, each
     * connection on a thread of its own; keeps it alive unless the request or the answer has {@code Connection: close}.
     * A null answer closes the connection.
     */
    public Origin answerAll(Function<ReceivedRequest, byte[]> answer) {
        synchronized (waiting) {
            answers = answer;
            for (OriginConnection next = waiting.poll(); next != null; next = waiting.poll()) {
                answer(next);
            }
        }
        return this;
    }

    /** The same with answers that need not be HTTP, after each of which the connection is closed. */
    public Origin answerBytes(Function<ReceivedRequest, byte[]> answer) {
        closing = true;
        return answerAll(answer);
    }

    /** Connections accepted so far. */
    public int connections() {
        return accepted.size();
    }

    /** Connections that neither end has closed, as far as the bytes read so far tell. */
    public int open() {
        return (int) accepted.stream()
                .filter(connection -> !connection.closedHere() && !connection.closed())
                .count();
    }

    /** Closes the idle connections among those that {@link #answerAll} serves; returns how many. */
    public int closeIdle() {
        return (int) accepted.stream().filter(OriginConnection::closeIfIdle).count();
    }

    /** Closes every connection and forgets them and the answers: what listens on after it is as good as new. */
    public void startOver() {
        synchronized (waiting) {
            answers = null;
            closing = false;
            waiting.clear();
        }
        accepted.forEach(OriginConnection::close);
        accepted.clear();
    }

    private void acceptAll() {
        try {
            while (true) {
                SocketChannel channel = listener.accept();
                channel.socket().setTcpNoDelay(true);
                OriginConnection connection = new OriginConnection(channel, secured(channel.socket()));
                accepted.add(connection);
                synchronized (waiting) {
                    if (answers == null) {
                        waiting.add(connection);
                    } else {
                        answer(connection);
                    }
                }
            }
        } catch (ClosedChannelException closed) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Socket secured(Socket socket) throws IOException {
        return tls == null ? socket : tls.getSocketFactory().createSocket(socket, null, true);
    }

    private void answer(OriginConnection connection) {
        daemon("origin-" + port() + "-" + accepted.size(), () -> {
            try (connection) {
                connection.patience(Duration.ofDays(1));
                boolean goesOn;
                do {
                    goesOn = answerOne(connection);
                } while (goesOn);
            } catch (UncheckedIOException | AssertionError clientLeft) {
                // In the middle of something, which the test sees at the client's end.
                return;
            }
        });
    }

    private boolean answerOne(OriginConnection connection) {
        ReceivedRequest request = connection.requestOrEnd();
        if (request == null || request.ending() == Ending.ABORTED) {
            return false;
        }
        Function<ReceivedRequest, byte[]> now = answers;
        byte[] answer = now == null ? null : now.apply(request);
        if (answer == null) {
            return false;
        }
        connection.answer(answer);
        return !closing
                && !closes(request.values("Connection"))
                && !closes(Head.parse(answer).values("Connection"));
    }

    private static boolean closes(List<String> connectionOptions) {
        return connectionOptions.stream().anyMatch("close"::equalsIgnoreCase);
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        accepted.forEach(OriginConnection::reset);
    }
}
