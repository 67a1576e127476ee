package dev.weir.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** An HTTP/1.1 client that sends what it is told to, byte by byte. */
public final class Client extends Wire<Client> {
    private Consumer<ReceivedResponse> inspector = response -> {};

    private Client(SocketChannel channel) {
        super(channel, channel.socket());
    }

    /** Connects within 10 s. */
    public static Client connect(String host, int port) {
        return connect(host, port, 0);
    }

    /** Connects with a receive buffer of about so many bytes (0: the kernel's choice): a client that reads slowly. */
    public static Client connect(String host, int port, int receiveBufferBytes) {
        return connect(null, host, port, receiveBufferBytes);
    }

    /** Connects from an address of this machine, such as any of 127.0.0.0/8. */
    public static Client connectFrom(String local, String host, int port) {
        return connect(new InetSocketAddress(local, 0), host, port, 0);
    }

    private static Client connect(InetSocketAddress local, String host, int port, int receiveBufferBytes) {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open().bind(local);
            if (receiveBufferBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
            }
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(new InetSocketAddress(host, port), 10_000);
            return new Client(channel);
        } catch (IOException e) {
            closeAfter(e, channel);
            throw new UncheckedIOException("connecting to " + host + ":" + port, e);
        }
    }

    private static void closeAfter(IOException failure, SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Reads a response head and leaves the body where it is. */
    public ReceivedResponse receiveHead() {
        return new ReceivedResponse(framing().head(), null);
    }

    /** Has each response that comes with its body looked at, before the test does. */
    public Client inspected(Consumer<ReceivedResponse> by) {
        inspector = by;
        return this;
    }

    /** Reads the body that belongs to a head from {@link #receiveHead()}. */
    public ReceivedResponse receiveBody(ReceivedResponse response) {
        Body body = response.withoutContent()
                ? Body.complete(new byte[0])
                : framing().responseBody(response.head);
        ReceivedResponse whole = new ReceivedResponse(response.head, body);
        inspector.accept(whole);
        return whole;
    }

    /** Reads the next response, which may be a 1xx, to the request of any method but HEAD. */
    public ReceivedResponse receiveResponse() {
        return receiveResponse(false);
    }

    /** Reads the next response; one to a HEAD request has no body, whatever its fields say. */
    public ReceivedResponse receiveResponse(boolean headRequest) {
        ReceivedResponse response = receiveHead();
        return headRequest ? new ReceivedResponse(response.head, Body.complete(new byte[0])) : receiveBody(response);
    }

    @Override
    Client self() {
        return this;
    }
}
