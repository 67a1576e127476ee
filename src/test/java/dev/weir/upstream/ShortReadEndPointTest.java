package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over a real socket, whose selection is the test's. */
@Timeout(20)
class ShortReadEndPointTest {
    private ServerSocketChannel server;
    private SocketChannel peer;
    private Selector selector;
    private ShortReadEndPoint endPoint;

    @BeforeEach
    void connect() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketChannel channel = SocketChannel.open(server.getLocalAddress());
        peer = server.accept();
        selector = Selector.open();
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        endPoint = new ShortReadEndPoint(channel, null, key, null);
    }

    @AfterEach
    void close() throws IOException {
        endPoint.getChannel().close();
        selector.close();
        peer.close();
        server.close();
    }

    private void send(int bytes) throws IOException {
        peer.write(ByteBuffer.allocate(bytes));
    }

    /** Until the kernel has something to tell. */
    private void select() throws IOException {
        selector.selectedKeys().clear();
        assertThat(selector.select()).isEqualTo(1);
    }

    private int fill(int room) throws IOException {
        return endPoint.fill(BufferUtil.allocate(room));
    }

    @Test
    void behindAShortReadThereIsNothingUntilTheSelectorTells() throws IOException {
        send(5);
        select();
        assertThat(fill(10)).isEqualTo(5);
        assertThat(endPoint.isDrained()).isTrue();
        send(3);
        select(); // it is there
        assertThat(fill(10)).isZero();
        endPoint.onSelected();
        assertThat(endPoint.isDrained()).isFalse();
        assertThat(fill(10)).isEqualTo(3);
    }

    @Test
    void aReadThatFillsTheBufferIsFollowedByAnother() throws IOException {
        send(15);
        select();
        assertThat(fill(10)).isEqualTo(10);
        assertThat(endPoint.isDrained()).isFalse();
        assertThat(fill(10)).isEqualTo(5);
    }

    @Test
    void anEndIsSomethingToBeTold() throws IOException {
        send(5);
        select();
        assertThat(fill(10)).isEqualTo(5);
        peer.shutdownOutput();
        select();
        assertThat(fill(10)).isZero();
        endPoint.onSelected();
        assertThat(fill(10)).isEqualTo(-1);
        assertThat(fill(10)).isEqualTo(-1);
    }

    @Test
    void aBufferThatHoldsSomethingHasLessRoom() throws IOException {
        send(6);
        select();
        ByteBuffer buffer = BufferUtil.allocate(10);
        BufferUtil.append(buffer, new byte[4]);
        assertThat(endPoint.fill(buffer)).isEqualTo(6);
        assertThat(endPoint.isDrained()).isFalse();
    }

    @Test
    void inputThatNobodyWaitsForIsWatchedUntilItComes() throws IOException {
        SelectionKey key = endPoint.getChannel().keyFor(selector);
        key.interestOps(0);
        endPoint.replaceKey(key);
        endPoint.fillInterested(new Callback.Completable());
        endPoint.updateKey();
        assertThat(key.interestOps()).isEqualTo(SelectionKey.OP_READ);
        send(5);
        select();
        endPoint.onSelected();
        endPoint.updateKey();
        assertThat(key.interestOps()).as("nobody waits any more").isEqualTo(SelectionKey.OP_READ);
        select();
        assertThat(endPoint.onSelected()).as("for nobody").isNull();
        endPoint.updateKey();
        assertThat(key.interestOps()).as("it has come").isZero();
        assertThat(selector.selectNow()).isZero();
        endPoint.getFillInterest().onClose(); // the first who waited
        endPoint.fillInterested(new Callback.Completable());
        endPoint.updateKey();
        select();
        assertThat(endPoint.onSelected()).isNotNull();
        assertThat(fill(10)).isEqualTo(5);
    }
}
