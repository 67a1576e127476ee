package dev.weir.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bytes that come in, each wait for more of them bounded. Remembers the last of what it saw, for the messages.
 *
 * <p>Threads: one reader at a time; {@link #endedByNow()} may be asked by any thread.
 */
final class Inbound {
    private static final int REMEMBERED = 8192;

    private final Socket socket;
    private final byte[] buffer = new byte[16 * 1024];
    private final StringBuilder seen = new StringBuilder();
    private final ReentrantLock reading = new ReentrantLock();
    private int position;
    private int limit;
    private volatile long received;
    private volatile IOException reset;
    private volatile boolean ended;

    Inbound(Socket socket) {
        this.socket = socket;
    }

    /** The next byte, -1 once the connection has ended, by FIN or by RST. */
    int next(Duration patience, String awaited) {
        reading.lock();
        try {
            return available(patience, awaited) ? buffer[position++] & 0xff : -1;
        } finally {
            reading.unlock();
        }
    }

    /** At least one byte and at most {@code most}; none once the connection has ended. */
    byte[] some(int most, Duration patience, String awaited) {
        reading.lock();
        try {
            if (!available(patience, awaited)) {
                return new byte[0];
            }
            int end = position + Math.min(limit - position, most);
            byte[] bytes = Arrays.copyOfRange(buffer, position, end);
            position = end;
            return bytes;
        } finally {
            reading.unlock();
        }
    }

    private boolean available(Duration patience, String awaited) {
        if (position < limit) {
            return true;
        }
        try {
            return fill(patience);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("waited " + patience + " for " + awaited + ", " + seen());
        }
    }

    private boolean fill(Duration patience) throws SocketTimeoutException {
        if (ended) {
            return false;
        }
        try {
            socket.setSoTimeout((int) Math.max(1, patience.toMillis()));
            InputStream in = socket.getInputStream();
            int count = in.read(buffer);
            if (count > 0) {
                position = 0;
                limit = count;
                remember();
                return true;
            }
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            reset = e;
        }
        ended = true;
        return false;
    }

    private void remember() {
        received += limit;
        seen.append(new String(buffer, 0, limit, ISO_8859_1));
        if (seen.length() > REMEMBERED) {
            seen.delete(0, seen.length() - REMEMBERED);
        }
    }

    /** Whether the peer's end is known to have come, without waiting. Behind bytes that nobody read it stays unseen. */
    boolean endedByNow() {
        if (!reading.tryLock()) {
            return ended;
        }
        try {
            return position == limit && !fill(Duration.ZERO);
        } catch (SocketTimeoutException e) {
            return false;
        } finally {
            reading.unlock();
        }
    }

    boolean wasReset() {
        return reset != null;
    }

    long received() {
        return received;
    }

    int unread() {
        return limit - position;
    }

    /** What came so far, readable in a message. */
    String seen() {
        String end = ended ? reset == null ? ", then FIN" : ", then " + reset : "";
        return "seen so far " + received + " bytes" + end + ": «"
                + seen.toString().replace("\r", "\\r").replace("\n", "\\n\n") + "»";
    }
}
