package dev.weir.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that each ask for one thing again and again, on a connection that they keep as long as Weir does. One thread,
 * so many sockets, and an end.
 */
final class LoadClients {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)\r\n");
    private static final Pattern OUTCOME = Pattern.compile("(?i)\r\nProxy-Status: weir[^\r]*details=\"([^\"]*)\"");
    private static final Pattern CLOSE = Pattern.compile("(?i)\r\nConnection: close\r\n");
    private static final long PATIENCE_SECONDS = 10;
    private static final int MAX_RESPONSE_BYTES = 4096;

    private final InetSocketAddress address;
    private final byte[] request;
    /** By status, ours with their outcomes: {@code 200}, {@code 503 pool-full}; or what else happened. */
    private final Map<String, Integer> answers = new TreeMap<>();

    private long end;

    LoadClients(URI target) {
        address = new InetSocketAddress(target.getHost(), target.getPort());
        request = ("GET " + target.getRawPath() + " HTTP/1.1\r\nHost: " + target.getAuthority() + "\r\n\r\n")
                .getBytes(ISO_8859_1);
    }

    /** One connection of one client at a time. */
    private static final class Session {
        private final ByteBuffer received = ByteBuffer.allocate(MAX_RESPONSE_BYTES);
        private ByteBuffer sending;
    }

    /** Runs them for a time, after which none asks again; returns when each has its answer, or 10 s later. */
    Map<String, Integer> run(int clients, Duration time) {
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < clients; i++) {
                connect(selector);
            }
            end = System.nanoTime() + time.toNanos();
            while (!isOver(0) || (!selector.keys().isEmpty() && !isOver(PATIENCE_SECONDS))) {
                selector.select(50);
                for (SelectionKey key : selector.selectedKeys()) {
                    step(selector, key);
                }
                selector.selectedKeys().clear();
            }
            for (SelectionKey key : selector.keys()) {
                count("unanswered");
                key.channel().close();
            }
            return answers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isOver(long moreSeconds) {
        return System.nanoTime() - end >= TimeUnit.SECONDS.toNanos(moreSeconds);
    }

    private void connect(Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.connect(address);
        channel.register(selector, SelectionKey.OP_CONNECT, new Session());
    }

    private void step(Selector selector, SelectionKey key) throws IOException {
        Session session = (Session) key.attachment();
        SocketChannel channel = (SocketChannel) key.channel();
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                ask(key, session);
            } else if (key.isWritable()) {
                send(key, session);
            } else if (!read(channel, session, key)) {
                again(selector, channel);
            }
        } catch (IOException failed) {
            count(session.received.position() > 0 ? "cut" : "failed: " + failed.getMessage());
            again(selector, channel);
        }
    }

    private void again(Selector selector, SocketChannel channel) throws IOException {
        channel.close();
        if (!isOver(0)) {
            connect(selector);
        }
    }

    private void ask(SelectionKey key, Session session) throws IOException {
        session.received.clear();
        session.sending = ByteBuffer.wrap(request);
        send(key, session);
    }

    private static void send(SelectionKey key, Session session) throws IOException {
        ((SocketChannel) key.channel()).write(session.sending);
        key.interestOps(session.sending.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** False where the connection is at its end. */
    private boolean read(SocketChannel channel, Session session, SelectionKey key) throws IOException {
        if (channel.read(session.received) < 0) {
            count("cut");
            return false;
        }
        String text = new String(session.received.array(), 0, session.received.position(), ISO_8859_1);
        int head = text.indexOf("\r\n\r\n") + 4;
        if (head < 4 || text.length() < head + Integer.parseInt(group(LENGTH, text, "0"))) {
            return true;
        }
        String outcome = group(OUTCOME, text, "");
        count(group(STATUS, text, "no status") + (outcome.isEmpty() ? "" : " " + outcome));
        if (isOver(0) || CLOSE.matcher(text).find()) {
            return false;
        }
        ask(key, session);
        return true;
    }

    private static String group(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    private void count(String what) {
        answers.merge(what, 1, Integer::sum);
    }
}
