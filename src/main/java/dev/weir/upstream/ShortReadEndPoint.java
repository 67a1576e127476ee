package dev.weir.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A socket that is not asked again once a read has brought less than there was room for: until the selector tells of more,
 * there is none. That saves a system call for each message, which would find nothing. What is one buffer is written as one.
 *
 * <p>Threads: one reader at a time; the selector's, while nobody reads.
 *
 * <p>Race: what comes right after the short read, an end included, is what the selector tells of next, for it tells of
 * all that is there and not of what is new.
 */
public class ShortReadEndPoint extends SocketChannelEndPoint {
    private PatientKey key;
    private volatile boolean drained;

    /** As every end point of Jetty's. */
    public ShortReadEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        this(channel, selector, new PatientKey(key), scheduler);
    }

    private ShortReadEndPoint(SocketChannel channel, ManagedSelector selector, PatientKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
        this.key = key;
    }

    @Override
    public void replaceKey(SelectionKey other) {
        key = new PatientKey(other);
        super.replaceKey(key);
    }

    /** Whether nothing is to be read until the selector tells of more. */
    public final boolean isDrained() {
        return drained;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (drained && !isInputShutdown()) {
            return 0;
        }
        int room = BufferUtil.space(buffer);
        int filled = super.fill(buffer);
        drained = filled >= 0 && filled < room;
        return filled;
    }

    /** One buffer needs no gathering write, for which the JDK and the kernel make lists of buffers. */
    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        ByteBuffer only = only(buffers);
        if (only == null) {
            return super.flush(buffers);
        }
        try {
            if (getChannel().write(only) > 0) {
                notIdle();
            }
        } catch (IOException e) {
            throw new EofException(e);
        }
        return !only.hasRemaining();
    }

    /** The one that is not empty; null where several are, or none. */
    private static ByteBuffer only(ByteBuffer... buffers) {
        ByteBuffer only = null;
        for (ByteBuffer buffer : buffers) {
            if (!BufferUtil.isEmpty(buffer)) {
                if (only != null) {
                    return null;
                }
                only = buffer;
            }
        }
        return only;
    }

    /** Whether what it is ready for, as its selector sees it, can be done by the selector's thread. */
    final boolean blocksNobody() {
        int ops = key.readyOps();
        return ((ops & SelectionKey.OP_READ) == 0
                        || getFillInterest().getCallbackInvocationType() == InvocationType.NON_BLOCKING)
                && ((ops & SelectionKey.OP_WRITE) == 0
                        || getWriteFlusher().getCallbackInvocationType() == InvocationType.NON_BLOCKING);
    }

    @Override
    public Runnable onSelected() {
        drained = false;
        key.stopWatchingForNobody();
        return super.onSelected();
    }
}
