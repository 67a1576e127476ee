import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keep-alive connections, each of which has had one whole answer. Threads: one. */
final class IdleClients implements AutoCloseable {
    private static final byte[] REQUEST =
            "GET /proxy/1k HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BODY_BYTES = 1024;
    private static final int MAX_ANSWER_BYTES = 8 * 1024;

    private final List<SocketChannel> clients = new ArrayList<>();

    private IdleClients() {}

    static IdleClients open(int port, int count) throws IOException {
        IdleClients idle = new IdleClients();
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            for (int i = 0; i < count; i++) {
                SocketChannel client = SocketChannel.open(peer);
                idle.clients.add(client);
                client.write(ByteBuffer.wrap(REQUEST));
                readAnswer(client);
            }
            return idle;
        } catch (IOException e) {
            int reached = idle.clients.size();
            idle.close();
            throw new IOException("idle client " + reached + " of " + count + ": " + e.getMessage(), e);
        }
    }

    private static void readAnswer(SocketChannel client) throws IOException {
        ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
        int head = -1;
        while (head < 0 || answer.position() < head + BODY_BYTES) {
            if (client.read(answer) < 0) {
                throw new IOException("the connection ended within the answer");
            }
            String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
            head = text.contains("\r\n\r\n") ? text.indexOf("\r\n\r\n") + 4 : -1;
            if (!text.startsWith("HTTP/1.1 200")) {
                throw new IOException(text.lines().findFirst().orElse("") + " instead of 200");
            }
        }
    }

    int stillOpen() throws IOException {
        int open = 0;
        for (SocketChannel client : clients) {
            client.configureBlocking(false);
            open += read(client) < 0 ? 0 : 1;
        }
        return open;
    }

    /** A reset is an end as well. */
    private static int read(SocketChannel client) {
        try {
            return client.read(ByteBuffer.allocate(1));
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
    }
}
