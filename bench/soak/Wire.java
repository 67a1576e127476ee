import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP/1.1 connection, from either end, whose messages have a Content-Length. One thread at a time. */
final class Wire implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *(\\d+)");
    private static final Pattern CLOSE = Pattern.compile("(?i)\r\nConnection: *close");
    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final int PATIENCE_MILLIS = 15_000;

    final Socket socket;
    private final BufferedInputStream in;
    private final OutputStream out;
    private final byte[] scratch = new byte[8 * 1024];
    private String head = "";

    Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    static Wire to(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        return new Wire(socket);
    }

    void send(String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }

    /** Sends so many bytes of a body. */
    void sendBody(long bytes) throws IOException {
        for (long left = bytes; left > 0; left -= scratch.length) {
            out.write(scratch, 0, (int) Math.min(left, scratch.length));
        }
    }

    /** The next head; empty where the connection ended before its first byte. */
    String readHead() throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < 4 || text.indexOf("\r\n\r\n", text.length() - 4) < 0) {
            int next = in.read();
            if (next < 0 && text.length() == 0) {
                return "";
            }
            if (next < 0 || text.length() == MAX_HEAD_BYTES) {
                throw new EOFException("a head of " + text.length() + " bytes without an end");
            }
            text.append((char) next);
        }
        head = text.toString();
        return head;
    }

    /** Waits for the next byte without taking it; false where the connection ended. */
    boolean peek() throws IOException {
        in.mark(1);
        boolean there = in.read() >= 0;
        in.reset();
        return there;
    }

    /** Reads so much of the body that belongs to the last head, at most {@code most} bytes. */
    void readBody(long most) throws IOException {
        long left = Math.min(most, length());
        while (left > 0) {
            int read = in.read(scratch, 0, (int) Math.min(left, scratch.length));
            if (read < 0) {
                throw new EOFException(left + " bytes of the body are missing");
            }
            left -= read;
        }
    }

    /** The whole body, as text. */
    String text() throws IOException {
        return new String(in.readNBytes((int) length()), ISO_8859_1);
    }

    long length() {
        Matcher matcher = LENGTH.matcher(head);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** Whether the last head says that this connection ends with its message. */
    boolean endsHere() {
        return CLOSE.matcher(head).find();
    }

    /** Ends with a reset, not with a FIN. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
