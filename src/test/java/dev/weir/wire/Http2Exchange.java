package dev.weir.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/**
 * One stream of an {@link Http2Client} or to an {@link Http2Origin}: what is sent on it, and what comes, in order and not
 * before it is asked for.
 */
public final class Http2Exchange implements Stream.Listener {
    private final CompletableFuture<Stream> stream = new CompletableFuture<>();
    private final BlockingQueue<HeadersFrame> heads = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> available = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> reset = new CompletableFuture<>();
    private final CompletableFuture<Throwable> failed = new CompletableFuture<>();

    /** One that the other end has begun with this head. */
    static Http2Exchange begunBy(Stream stream, HeadersFrame head) {
        Http2Exchange exchange = new Http2Exchange();
        exchange.stream.complete(stream);
        exchange.heads.add(head);
        return exchange;
    }

    Promise<Stream> asPromise() {
        return Promise.from(stream::complete, stream::completeExceptionally);
    }

    private Stream stream() {
        return await(stream, "a stream");
    }

    private static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(Http2Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(what, e);
        }
    }

    private <T> T await(BlockingQueue<T> queue, String what) {
        try {
            T next = queue.poll(Http2Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no " + what + "; " + this);
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "reset=" + reset + ", failed=" + failed;
    }

    @Override
    public void onHeaders(Stream of, HeadersFrame frame) {
        heads.add(frame);
    }

    @Override
    public void onDataAvailable(Stream of) {
        available.add(true);
    }

    @Override
    public void onReset(Stream of, ResetFrame frame, Callback callback) {
        reset.complete(frame.getError());
        available.add(false);
        callback.succeeded();
    }

    @Override
    public void onFailure(Stream of, int error, String reason, Throwable failure, Callback callback) {
        failed.complete(failure == null ? new Throwable(reason) : failure);
        available.add(false);
        callback.succeeded();
    }

    /** Sends a part of the body, and waits until it is on its way. */
    public Http2Exchange data(String part, boolean last) {
        offer(part.getBytes(ISO_8859_1), last).join();
        return this;
    }

    /** Sends a part of the body as soon as the windows allow. */
    public CompletableFuture<Stream> offer(byte[] part, boolean last) {
        return stream().data(new DataFrame(stream().getId(), ByteBuffer.wrap(part), last));
    }

    /** Ends the body with a field behind it. */
    public void trailers(String name, String value) {
        MetaData fields = new MetaData(HttpVersion.HTTP_2, HttpFields.build().add(name, value));
        stream().headers(new HeadersFrame(stream().getId(), fields, null, true)).join();
    }

    /** Cancels it. */
    public void cancel() {
        reset(ErrorCode.CANCEL_STREAM_ERROR);
    }

    /** Resets it with an error code. */
    public void reset(ErrorCode code) {
        stream().reset(new ResetFrame(stream().getId(), code.code), Callback.NOOP);
    }

    /** Whether its head went out; it does not where the other end has said GOAWAY. */
    public boolean isSent() {
        try {
            stream.get(Http2Client.PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException refused) {
            return false;
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("a stream", e);
        }
    }

    /** The number of the stream. */
    public int id() {
        return stream().getId();
    }

    /** Says GOAWAY with this stream as the last one that is processed. */
    public void goAwayAfterThis() {
        goAwayAfter(id());
    }

    /** Says GOAWAY with a stream as the last one that is processed. */
    public void goAwayAfter(int lastStreamId) {
        ((HTTP2Session) stream().getSession())
                .goAway(new GoAwayFrame(lastStreamId, ErrorCode.NO_ERROR.code, new byte[0]), Callback.NOOP);
    }

    /** Sends a response's head, or an interim one's; {@code fields} are names and values in turn. */
    public Http2Exchange respond(int status, boolean last, String... fields) {
        HttpFields.Mutable all = HttpFields.build();
        for (int i = 0; i < fields.length; i += 2) {
            all.add(fields[i], fields[i + 1]);
        }
        MetaData.Response head = new MetaData.Response(status, null, HttpVersion.HTTP_2, all);
        stream().headers(new HeadersFrame(stream().getId(), head, null, last)).join();
        return this;
    }

    /** The next head, as a request's. */
    public MetaData.Request receiveRequest() {
        return (MetaData.Request) receiveHead().getMetaData();
    }

    /** The next head: of a response, of an interim one, or trailers. */
    public HeadersFrame receiveHead() {
        return await(heads, "head");
    }

    /** The next head, as a response's. */
    public MetaData.Response receiveResponse() {
        return (MetaData.Response) receiveHead().getMetaData();
    }

    /** Reads data until the stream ends, or so many bytes have come; the message is whole only where it ends. */
    public String receiveBody(int most) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (body.size() < most) {
            Stream.Data data = stream().readData();
            if (data == null) {
                stream().demand();
                if (!await(available, "data after " + body.size() + " bytes")) {
                    throw new AssertionError("cut after " + body.size() + " bytes: " + this);
                }
                continue;
            }
            byte[] bytes = new byte[data.frame().getByteBuffer().remaining()];
            data.frame().getByteBuffer().get(bytes);
            body.writeBytes(bytes);
            boolean last = data.frame().isEndStream();
            data.release();
            if (last) {
                break;
            }
        }
        return body.toString(ISO_8859_1);
    }

    /** The whole body. */
    public String receiveBody() {
        return receiveBody(Integer.MAX_VALUE);
    }

    /** The error code of the other end's RST_STREAM. */
    public int awaitReset() {
        return await(reset, "a reset");
    }

    /** Whether the other end has reset it by now. */
    public boolean isReset() {
        return reset.isDone();
    }

    /** The values of a field. */
    public static List<String> values(MetaData head, String name) {
        return head.getHttpFields().getValuesList(name);
    }
}
