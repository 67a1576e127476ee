package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One selector over real sockets, whose connections do as they are told by a byte. */
@Timeout(20)
class ServingSelectorTest {
    private final QueuedThreadPool threads = new QueuedThreadPool();
    private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler();
    private final Selectors selectors = new Selectors();
    private final BlockingQueue<Thread> servedBy = new LinkedBlockingQueue<>();
    private final CountDownLatch letGo = new CountDownLatch(1);
    /** In the order in which they connected. */
    private final List<EndPoint> accepted = new CopyOnWriteArrayList<>();

    private ServerSocketChannel server;

    @BeforeEach
    void start() throws Exception {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        threads.start();
        scheduler.start();
        selectors.start();
    }

    @AfterEach
    void stop() throws Exception {
        letGo.countDown();
        accepted.forEach(EndPoint::close);
        selectors.stop();
        scheduler.stop();
        threads.stop();
        server.close();
    }

    private SocketChannel connect(InvocationType type) throws Exception {
        SocketChannel client = SocketChannel.open(server.getLocalAddress());
        SocketChannel socket = server.accept();
        socket.configureBlocking(false);
        selectors.accept(socket, type);
        say(client, 'a');
        served();
        return client;
    }

    private static void say(SocketChannel client, char what) throws IOException {
        client.write(ByteBuffer.wrap(new byte[] {(byte) what}));
    }

    private Thread served() throws InterruptedException {
        Thread thread = servedBy.poll(5, TimeUnit.SECONDS);
        assertThat(thread).as("who serves it").isNotNull();
        return thread;
    }

    @Test
    void whatBlocksNobodyIsServedByTheOneThatSelects() throws Exception {
        SocketChannel one = connect(InvocationType.NON_BLOCKING);
        SocketChannel other = connect(InvocationType.NON_BLOCKING);
        say(one, 'a');
        Thread first = served();
        say(other, 'a');
        assertThat(served()).isSameAs(first);
    }

    @Test
    void whatMayBlockHoldsUpNobody() throws Exception {
        SocketChannel blocking = connect(InvocationType.BLOCKING);
        SocketChannel other = connect(InvocationType.NON_BLOCKING);
        say(blocking, 'h');
        Thread held = served();
        say(other, 'a');
        assertThat(served()).isNotSameAs(held);
    }

    @Test
    void aFailureEndsTheSocketThatItComesFromAndNoOther() throws Exception {
        SocketChannel failing = connect(InvocationType.NON_BLOCKING);
        SocketChannel other = connect(InvocationType.NON_BLOCKING);
        say(failing, 'f');
        assertThat(failing.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        say(other, 'a');
        served();
    }

    @Test
    void oneThatIsClosedByAnotherInItsTurnIsLeftAlone() throws Exception {
        SocketChannel closing = connect(InvocationType.NON_BLOCKING);
        SocketChannel closed = connect(InvocationType.NON_BLOCKING);
        SocketChannel other = connect(InvocationType.NON_BLOCKING);
        ManagedSelector selector =
                selectors.getBeans(ManagedSelector.class).iterator().next();
        Selector before = selector.getSelector();
        say(other, 'h'); // meanwhile both of the others become ready, for one turn
        served();
        say(closing, 'c');
        say(closed, 'a');
        letGo.countDown();
        await().until(() -> !accepted.get(1).isOpen());
        servedBy.clear();
        say(other, 'a');
        served();
        assertThat(selector.getSelector()).as("nor is it made anew").isSameAs(before);
    }

    private final class Selectors extends SelectorManager {
        Selectors() {
            super(threads, scheduler, 1);
        }

        @Override
        protected ManagedSelector newSelector(int id) {
            return new ServingSelector(this, id);
        }

        @Override
        protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
            return new ShortReadEndPoint((SocketChannel) channel, selector, key, scheduler);
        }

        @Override
        public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object attachment) {
            accepted.add(endPoint);
            return new Told(endPoint, (InvocationType) attachment);
        }
    }

    private final class Told extends AbstractConnection {
        private final InvocationType type;

        Told(EndPoint endPoint, InvocationType type) {
            super(endPoint, threads);
            this.type = type;
        }

        @Override
        public void onOpen() {
            super.onOpen();
            fillInterested(new Callback() {
                @Override
                public void succeeded() {
                    onFillable();
                    if (getEndPoint().isOpen()) {
                        fillInterested(this);
                    }
                }

                @Override
                public InvocationType getInvocationType() {
                    return type;
                }
            });
        }

        @Override
        public void onFillable() {
            ByteBuffer buffer = BufferUtil.allocate(1);
            try {
                while (getEndPoint().fill(buffer) > 0) {
                    act((char) buffer.get());
                    BufferUtil.clear(buffer);
                }
            } catch (IOException e) {
                getEndPoint().close();
            }
        }

        private void act(char what) {
            servedBy.add(Thread.currentThread());
            switch (what) {
                case 'h' -> hold();
                case 'f' -> throw new IllegalStateException("as it was told");
                case 'c' -> closeNext();
                default -> {}
            }
        }

        private void hold() {
            try {
                letGo.await();
            } catch (InterruptedException stopped) {
                // The test has failed, and ends its threads.
            }
        }

        /** The one that connected after it. */
        private void closeNext() {
            accepted.get(accepted.indexOf(getEndPoint()) + 1).close();
        }
    }
}
