package dev.weir.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackException;

/** The bytes of HTTP/2 frames, as no well-behaved client would send them; and those that come back, one by one. */
public final class Http2Bytes {
    /** What a client sends first (RFC 9113 §3.4), in two parts: the first is a request head to HTTP/1.1's parser. */
    public static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int CONTINUATION = 9;

    /** Of HEADERS: nothing comes behind it, neither of the head nor of a body. */
    public static final int WHOLE = 0x5;

    private Http2Bytes() {}

    /** One frame (RFC 9113 §4.1). */
    public record Frame(int type, int flags, int stream, byte[] payload) {
        /** The response whose head it is, the first of its connection. */
        public MetaData.Response response() {
            try {
                return (MetaData.Response) new HpackDecoder(1 << 16, System::nanoTime).decode(ByteBuffer.wrap(payload));
            } catch (HpackException e) {
                throw new AssertionError(e);
            }
        }

        /** The error code of a RST_STREAM or a GOAWAY. */
        public int error() {
            return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
        }
    }

    /** The bytes of one. */
    public static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** A header block of literal fields, names and values in turn, whatever is in them; each up to 126 bytes. */
    public static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            for (String text : new String[] {fields[i], fields[i + 1]}) {
                block.write(text.length());
                block.writeBytes(text.getBytes(ISO_8859_1));
            }
        }
        return block.toByteArray();
    }

    /** The preface and empty SETTINGS. */
    public static Client begin(Client client) {
        return client.send(PREFACE).send(frame(SETTINGS, 0, 0, new byte[0]));
    }

    /** The next frame. */
    public static Frame receive(Client client) {
        ByteBuffer head = ByteBuffer.wrap(client.readBody(9));
        int length = (head.get() & 0xff) << 16 | head.getShort() & 0xffff;
        return new Frame(head.get(), head.get(), head.getInt(), client.readBody(length));
    }

    /** The next frame that is about a stream, or the end of all. */
    public static Frame receiveOutcome(Client client) {
        Frame frame = receive(client);
        while (frame.type() != HEADERS && frame.type() != RST_STREAM && frame.type() != GOAWAY) {
            frame = receive(client);
        }
        return frame;
    }
}
