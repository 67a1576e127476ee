package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept of a body until some of the request has gone out; and that every buffer comes back to its pool. */
class FirstBytesTest {
    private final ArrayByteBufferPool.Tracking pool = new ArrayByteBufferPool.Tracking();
    private final FirstBytes first = new FirstBytes();

    @AfterEach
    void noBufferIsLost() {
        first.release();
        assertThat(pool.getLeaks()).isEmpty();
    }

    /** As the reader does it, for a sender that is done with it at once. */
    private String read(String text, boolean last) {
        return send(first.keep(chunk(pool, text, last)));
    }

    private static Content.Chunk chunk(ByteBufferPool pool, String text, boolean last) {
        RetainableByteBuffer buffer = pool.acquire(text.length(), true);
        BufferUtil.append(buffer.getByteBuffer(), text.getBytes(StandardCharsets.US_ASCII));
        return Content.Chunk.from(buffer, last);
    }

    /** Takes the bytes out, as whoever writes them. */
    private static String send(Content.Chunk chunk) {
        assertThat(chunk).isNotNull();
        try {
            String text =
                    StandardCharsets.US_ASCII.decode(chunk.getByteBuffer()).toString();
            return chunk.isLast() ? text + "." : text;
        } finally {
            chunk.release();
        }
    }

    @Test
    void theyAreGivenOnceMoreForEachTryThatFollows() {
        assertThat(read("abc", true)).isEqualTo("abc.");
        assertThat(first.take()).isNull();
        for (int attempt = 0; attempt < 2; attempt++) {
            first.repeat();
            assertThat(send(first.take())).isEqualTo("abc.");
            assertThat(first.take()).isNull();
        }
    }

    @Test
    void nothingIsKeptOnceMoreThanTheFirstChunkWasRead() {
        read("abc", false);
        assertThat(first.isWhole()).isTrue();
        read("def", false);
        read("ghi", true);
        assertThat(first.isWhole()).isFalse();
        first.repeat();
        assertThat(first.take()).isNull();
    }

    @Test
    void whereNothingWasReadNothingIsRepeated() {
        first.repeat();
        assertThat(first.take()).isNull();
    }

    @Test
    void onceSomeHasGoneOutNothingIsKeptOrGivenAgain() {
        read("abc", false);
        first.repeat();
        first.release();
        assertThat(first.take()).isNull();
        read("def", true);
        first.repeat();
        assertThat(first.take()).isNull();
    }
}
