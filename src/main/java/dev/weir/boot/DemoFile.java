package dev.weir.boot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingNestedCallback;

/** {@code /big}: 100 MiB of numbered lines, written from one block that all downloads share. */
final class DemoFile extends Handler.Abstract.NonBlocking {
    /** The whole file. */
    static final long SIZE_BYTES = 100L << 20;

    private static final int LINE_BYTES = 64;
    private static final ByteBuffer BLOCK = block();

    private static ByteBuffer block() {
        ByteBuffer block = ByteBuffer.allocateDirect(64 << 10);
        for (int line = 1; block.hasRemaining(); line++) {
            String text = "%04d the water passes, its level stays bounded".formatted(line);
            block.put((text + ".".repeat(LINE_BYTES - 1 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        return block.flip().asReadOnlyBuffer();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=us-ascii");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, SIZE_BYTES);
        if ("HEAD".equals(request.getMethod())) {
            response.write(true, null, callback);
        } else {
            new Download(response, callback).iterate();
        }
        return true;
    }

    /** Writes a block whenever the one before is gone. */
    private static final class Download extends IteratingNestedCallback {
        private final Response response;
        private long left = SIZE_BYTES;

        Download(Response response, Callback callback) {
            super(callback);
            this.response = response;
        }

        @Override
        protected Action process() {
            if (left == 0) {
                return Action.SUCCEEDED;
            }
            ByteBuffer block = BLOCK.duplicate();
            left -= block.remaining();
            response.write(left == 0, block, this);
            return Action.SCHEDULED;
        }
    }
}
