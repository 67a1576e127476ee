package dev.weir.wire;

import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;

/** A connection that an {@link Origin} accepted: the test says what is answered, and how it ends. */
public final class OriginConnection extends Wire<OriginConnection> {
    private final ReentrantLock answering = new ReentrantLock();
    private volatile int answered;

    OriginConnection(SocketChannel transport, Socket socket) {
        super(transport, socket);
    }

    /** Reads a request with its body. */
    public ReceivedRequest receiveRequest() {
        return receiveBody(receiveHead());
    }

    /** Reads a request head and leaves the body where it is. */
    public ReceivedRequest receiveHead() {
        return new ReceivedRequest(framing().head(), null);
    }

    /** Reads the body that belongs to a head from {@link #receiveHead()}. */
    public ReceivedRequest receiveBody(ReceivedRequest request) {
        return new ReceivedRequest(request.head, framing().requestBody(request.head));
    }

    /** Reads a request whose content does not matter, for a script that goes on with the answer. */
    public OriginConnection skipRequest() {
        receiveRequest();
        return this;
    }

    /** The next request, null where the client closes instead. */
    ReceivedRequest requestOrEnd() {
        Head head = framing().headOrEnd();
        return head == null ? null : receiveBody(new ReceivedRequest(head, null));
    }

    /** Answers a request; it cannot be closed for being idle meanwhile. */
    void answer(byte[] answer) {
        answering.lock();
        try {
            send(answer);
            answered++;
        } finally {
            answering.unlock();
        }
    }

    /** Closes it where it has answered before and does not answer now; a request may be on its way all the same. */
    boolean closeIfIdle() {
        if (answered == 0 || closedHere() || !answering.tryLock()) {
            return false;
        }
        try {
            closeUnread(); // close() would wait for bytes that the answering thread has taken
            return true;
        } finally {
            answering.unlock();
        }
    }

    @Override
    OriginConnection self() {
        return this;
    }
}
