package dev.weir.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Map;

/** A message as it came from the wire. Text is ISO-8859-1 throughout, so that one byte is one character. */
public abstract sealed class Received permits ReceivedRequest, ReceivedResponse {
    final Head head;
    private final Body body;

    /** A null body says that only the head was read. */
    Received(Head head, Body body) {
        this.head = head;
        this.body = body;
    }

    /** The bytes of the head, with the empty line that ends it. */
    public byte[] rawHead() {
        return head.raw().clone();
    }

    /** All fields in wire order, names as spelled, values without the white space around them. */
    public List<Map.Entry<String, String>> fields() {
        return head.fields();
    }

    /** The values of the fields of this name, whatever its case, in wire order. */
    public List<String> values(String name) {
        return head.values(name);
    }

    /** The value of the only field of this name, null where there is none; an {@link AssertionError} where there are more. */
    public String field(String name) {
        return head.field(name);
    }

    /** The content without its framing: as far as it came, where the message was aborted. */
    public byte[] body() {
        return read().content().clone();
    }

    /** {@link #body()} as text. */
    public String text() {
        return new String(read().content(), ISO_8859_1);
    }

    /** How the message ended. */
    public Ending ending() {
        return read().ending();
    }

    /** The trailer fields of a chunked body, in wire order. */
    public List<Map.Entry<String, String>> trailers() {
        return read().trailers();
    }

    private Body read() {
        if (body == null) {
            throw new IllegalStateException("only the head was received: " + head.startLine());
        }
        return body;
    }

    /** The head as text, and what is known of the body: for the messages of failed assertions. */
    @Override
    public String toString() {
        String text = new String(head.raw(), ISO_8859_1);
        return body == null ? text : text + "[" + body.content().length + " bytes, " + body.ending() + "]";
    }
}
