package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.junit.jupiter.api.Test;

/** A buffer that goes from one hand to the next. */
class LentBuffersTest {
    private final LentBuffers buffers = new LentBuffers(new ArrayByteBufferPool());

    @Test
    void theMemoryIsLentAgain() {
        RetainableByteBuffer first = buffers.acquire(1024, true);
        first.getByteBuffer().limit(4).put(0, (byte) 'x');
        first.release();
        RetainableByteBuffer second = buffers.acquire(1024, true);
        assertThat(second.getByteBuffer().remaining()).isZero();
        assertThat(second.getByteBuffer().limit(4).get(0)).isEqualTo((byte) 'x');
    }

    @Test
    void whoRetainsItKeepsItFromTheNext() {
        RetainableByteBuffer first = buffers.acquire(1024, true);
        first.retain();
        assertThat(first.release()).isFalse();
        RetainableByteBuffer second = buffers.acquire(1024, true);
        second.getByteBuffer().limit(1).put(0, (byte) 'y');
        assertThat(first.getByteBuffer().limit(1).get(0)).isZero();
    }

    @Test
    void whoHasGivenItBackMovesNothingOfTheNext() {
        RetainableByteBuffer first = buffers.acquire(1024, true);
        ByteBuffer stale = first.getByteBuffer();
        first.release();
        ByteBuffer next = buffers.acquire(1024, true).getByteBuffer().limit(100).position(10);
        stale.clear().limit(0);
        assertThat(next.position()).isEqualTo(10);
        assertThat(next.limit()).isEqualTo(100);
    }

    @Test
    void whoGivesItBackTwiceTakesItFromNobody() {
        RetainableByteBuffer first = buffers.acquire(1024, true);
        first.release();
        RetainableByteBuffer second = buffers.acquire(1024, true);
        assertThatThrownBy(first::release).isInstanceOf(IllegalStateException.class);
        assertThat(second.canRetain()).isTrue();
        assertThat(buffers.acquire(1024, true)
                        .getByteBuffer()
                        .limit(1)
                        .put(0, (byte) 'z')
                        .get(0))
                .isNotEqualTo(second.getByteBuffer().limit(1).get(0));
    }

    /**
     * Jetty empties the buffer that a response was parsed from when its exchange was aborted meanwhile, although it may
     * have given it back and another connection may be reading into it.
     */
    @Test
    void anExchangeThatIsAbortedWhileItReadsLeavesTheBuffersOfOthersAlone() throws Exception {
        try (Origin origin = new Origin();
                UpstreamClient client = OneUpstream.client(origin)) {
            Aborting aborting = new Aborting(client);
            UpstreamRequest request = client.newRequest(OneUpstream.url(origin), "GET", "/");
            aborting.request = request;
            request.send(aborting);
            OriginConnection connection = origin.accept();
            connection.receiveRequest();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
            aborting.over.get(10, TimeUnit.SECONDS);
            Awaitility.await()
                    .until(() -> Arrays.stream(aborting.reader.getStackTrace())
                            .noneMatch(frame -> frame.getClassName().contains("HttpReceiver")));
            assertThat(aborting.ofAnother.limit()).isEqualTo(aborting.ofAnother.capacity());
        }
    }

    /** Jetty's receiver gives its buffer back when it is read from again, which nobody does any more. */
    @Test
    void anExchangeThatIsAbortedBetweenTwoReadsGivesItsBufferBack() throws Exception {
        try (Origin origin = new Origin();
                UpstreamClient client = OneUpstream.client(origin)) {
            ArrayByteBufferPool memory = (ArrayByteBufferPool) ((LentBuffers) client.buffers()).getWrapped();
            for (int exchange = 0; exchange < 2; exchange++) { // a buffer's first loan is not the pool's yet
                ReadingOnce reading = new ReadingOnce();
                UpstreamRequest request = client.newRequest(OneUpstream.url(origin), "GET", "/");
                request.send(reading);
                OriginConnection connection = origin.accept();
                connection.receiveRequest();
                connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
                reading.chunk.get(10, TimeUnit.SECONDS).release();
                request.abort(new IOException("aborted"));
                reading.over.get(10, TimeUnit.SECONDS);
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(memory.getAvailableDirectByteBufferCount())
                            .isPositive()
                            .isEqualTo(memory.getDirectByteBufferCount()));
        }
    }

    /** Reads what there is, and then no more. */
    private static final class ReadingOnce implements Response.Listener {
        final CompletableFuture<Content.Chunk> chunk = new CompletableFuture<>();
        final CompletableFuture<Result> over = new CompletableFuture<>();

        @Override
        public void onContentSource(Response response, Content.Source source) {
            chunk.complete(source.read());
        }

        @Override
        public void onComplete(Result result) {
            over.complete(result);
        }
    }

    /** Reads what there is, lets another have the buffer, and aborts. */
    private static final class Aborting implements Response.Listener {
        final CompletableFuture<Result> over = new CompletableFuture<>();
        private final UpstreamClient client;
        UpstreamRequest request;
        volatile Thread reader;
        volatile ByteBuffer ofAnother;

        Aborting(UpstreamClient client) {
            this.client = client;
        }

        @Override
        public void onContentSource(Response response, Content.Source source) {
            reader = Thread.currentThread();
            source.read().release();
            assertThat(source.read()).isNull();
            ofAnother =
                    client.buffers().acquire(64 * 1024, true).getByteBuffer().clear();
            request.abort(new IOException("aborted"));
        }

        @Override
        public void onComplete(Result result) {
            over.complete(result);
        }
    }
}
