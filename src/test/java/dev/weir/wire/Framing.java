package dev.weir.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads messages by their framing (RFC 9112 §6.3) and tells a complete one from an aborted one. */
final class Framing {
    private final Inbound in;
    private final Duration patience;

    Framing(Inbound in, Duration patience) {
        this.in = in;
        this.patience = patience;
    }

    /** The next head, null where the connection ends before its first byte. */
    Head headOrEnd() {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        for (int last4 = 0; last4 != 0x0d0a0d0a; ) {
            int next = in.next(patience, "a message head");
            if (next < 0 && raw.size() == 0) {
                return null;
            }
            if (next < 0) {
                throw new AssertionError("the connection ended within a message head, " + in.seen());
            }
            raw.write(next);
            last4 = last4 << 8 | next;
        }
        return Head.parse(raw.toByteArray());
    }

    Head head() {
        Head head = headOrEnd();
        if (head == null) {
            throw new AssertionError("the connection ended before a message head, " + in.seen());
        }
        return head;
    }

    /** The body of a request: none without a field that announces one. */
    Body requestBody(Head head) {
        return head.chunked() || head.field("Content-Length") != null ? framed(head) : Body.complete(new byte[0]);
    }

    /** The body of a response to anything but HEAD: until the connection ends where nothing else is said. */
    Body responseBody(Head head) {
        return head.chunked() || head.field("Content-Length") != null ? framed(head) : untilEnd();
    }

    private Body framed(Head head) {
        return head.chunked() ? chunked() : counted(Integer.parseInt(head.field("Content-Length")));
    }

    private Body counted(int length) {
        byte[] content = atMost(length);
        return content.length == length ? Body.complete(content) : Body.aborted(content);
    }

    private Body untilEnd() {
        byte[] content = atMost(Integer.MAX_VALUE);
        return in.wasReset() ? Body.aborted(content) : Body.complete(content);
    }

    private Body chunked() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        while (true) {
            String size = line();
            if (size == null) {
                return Body.aborted(content.toByteArray());
            }
            int length = chunkLength(size);
            if (length == 0) {
                return endOfChunks(content.toByteArray());
            }
            byte[] chunk = atMost(length);
            content.writeBytes(chunk);
            if (chunk.length < length || !"".equals(line())) {
                return Body.aborted(content.toByteArray());
            }
        }
    }

    private int chunkLength(String line) {
        try {
            return Integer.parseInt(line.split(";")[0].strip(), 16);
        } catch (NumberFormatException e) {
            throw new AssertionError("no chunk size: «" + line + "», " + in.seen(), e);
        }
    }

    private Body endOfChunks(byte[] content) {
        List<String> trailers = new ArrayList<>();
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                return new Body(content, Ending.COMPLETE, Head.fields(trailers));
            }
            trailers.add(line);
        }
        return Body.aborted(content);
    }

    /** A line without its end, null where the connection ends first. */
    private String line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.next(patience, "a line"); next >= 0; next = in.next(patience, "a line")) {
            if (next == '\n') {
                return line.toString(ISO_8859_1).stripTrailing();
            }
            line.write(next);
        }
        return null;
    }

    /** So many bytes, fewer only where the connection ends first. */
    byte[] atMost(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (bytes.size() < count) {
            int missing = count - bytes.size();
            byte[] some = in.some(missing, patience, missing + " more bytes of a body");
            if (some.length == 0) {
                break;
            }
            bytes.writeBytes(some);
        }
        return bytes.toByteArray();
    }
}
