package dev.weir.proxy;

import dev.weir.exchange.Home;
import dev.weir.exchange.Refusal;
import dev.weir.exchange.Trailers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;

/**
 * The head of a client response, and where its body comes from: an upstream, or a refusal of our own.
 *
 * @param trailers asked when the body has ended; may say null
 * @param isSwitch whether the connection belongs to a tunnel behind it
 */
record Answer(int status, HttpFields fields, Content.Source body, Supplier<HttpFields> trailers, boolean isSwitch) {
    Answer(int status, HttpFields fields, Content.Source body, Supplier<HttpFields> trailers) {
        this(status, fields, body, trailers, false);
    }

    /** Our own answer to a request. */
    static Answer of(Refusal refusal, HttpServletRequest request) {
        boolean json = Refusal.prefersJson(request.getHeader("Accept"));
        byte[] body = refusal.body(json, request.getServletContext());
        HttpFields.Mutable fields = HttpFields.build();
        refusal.fields(json).forEach(fields::add);
        fields.add("Content-Length", Integer.toString(body.length));
        ByteBuffer sent = ByteBuffer.wrap(body, 0, "HEAD".equals(request.getMethod()) ? 0 : body.length);
        return new Answer(refusal.status(), fields, new ByteBufferContentSource(sent), () -> null);
    }

    /** The head of a 101, after which the connection speaks another protocol. */
    static Answer ofSwitch(HttpFields fields) {
        return ofSwitch(HttpServletResponse.SC_SWITCHING_PROTOCOLS, fields);
    }

    /** The head of a CONNECT's success: behind it come the upstream's own bytes. */
    static Answer ofConnect() {
        return ofSwitch(HttpServletResponse.SC_OK, HttpFields.EMPTY);
    }

    private static Answer ofSwitch(int status, HttpFields fields) {
        return new Answer(status, fields, new ByteBufferContentSource(ByteBuffer.allocate(0)), () -> null, true);
    }

    /** Whether it has a body, or would have for a GET, that its head does not tell the length of. */
    boolean isOfUnknownLength() {
        return fields.getField(HttpHeader.CONTENT_LENGTH) == null
                && !isSwitch()
                && status != HttpServletResponse.SC_NO_CONTENT
                && status != HttpServletResponse.SC_NOT_MODIFIED;
    }

    /** Whether its body may be longer than so many bytes. */
    boolean mayExceed(int bytes) {
        HttpField length = fields.getField(HttpHeader.CONTENT_LENGTH);
        return length == null ? isOfUnknownLength() : length.getLongValue() > bytes;
    }

    /** Whether Jetty would invent a Content-Length of 0, unless told to send: of a HEAD, 204 or 304 without one. */
    boolean isLengthInvented(boolean head) {
        boolean bodiless =
                head || status == HttpServletResponse.SC_NO_CONTENT || status == HttpServletResponse.SC_NOT_MODIFIED;
        return bodiless && fields.getField(HttpHeader.CONTENT_LENGTH) == null;
    }

    /** Hands the head to the container, which sends it with the first byte of the body, or when told to. */
    void writeHead(HttpServletResponse response, Home home) {
        response.setStatus(status);
        for (HttpField field : fields) {
            write(field, response, home);
        }
        if (isOfUnknownLength()) {
            announceTrailers(response);
        }
    }

    private void announceTrailers(HttpServletResponse response) {
        try {
            response.setTrailerFields(() -> Trailers.forClient(trailers.get()));
        } catch (IllegalStateException noChunks) {
            // The client's version of HTTP has no place for them.
        }
    }

    private void write(HttpField field, HttpServletResponse response, Home home) {
        if (field.getHeader() == null) {
            home.add(response, field);
            return;
        }
        switch (field.getHeader()) {
            // The container has set its own already.
            case DATE, SERVER -> response.setHeader(field.getName(), field.getValue());
            case CONTENT_LENGTH -> writeLength(field.getLongValue(), response);
            default -> home.add(response, field);
        }
    }

    /**
     * Tells the container when the message is whole, and when it is cut short. A 204 and a 101 have no length (RFC 9110 §8.6:
     * MUST NOT), whatever its upstream says; Jetty would miss the body.
     */
    private void writeLength(long length, HttpServletResponse response) {
        if (status != HttpServletResponse.SC_NO_CONTENT && !isSwitch()) {
            response.setContentLengthLong(length);
        }
    }
}
