package dev.weir.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client that asks and asks, and reads none of the answers. */
final class SilentClient {
    /** A request for a page of which some dozens fill what the kernel holds for a connection; nothing has to be worked out for it. */
    static final String LARGE_PAGE = "GET /-/assets/uPlot.js HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    /** What it has sent at most when its connection stalls. */
    private static final int MOST_BYTES = 256 * 1024 * 1024;

    private static final long STALLED_MILLIS = 500;

    private SilentClient() {}

    /** Sends requests until nothing is taken any more. */
    static SocketChannel flood(int port, String request) throws IOException {
        ByteBuffer requests = ByteBuffer.wrap(request.repeat(1000).getBytes(StandardCharsets.ISO_8859_1));
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        channel.configureBlocking(false);
        long sent = 0;
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_WRITE);
            while (selector.select(STALLED_MILLIS) > 0) {
                selector.selectedKeys().clear();
                sent += channel.write(requests);
                requests.position(requests.hasRemaining() ? requests.position() : 0);
                assertThat(sent)
                        .as("bytes taken of a client that reads nothing")
                        .isLessThan(MOST_BYTES);
            }
            key.cancel();
        }
        return channel;
    }
}
