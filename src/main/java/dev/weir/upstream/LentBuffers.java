package dev.weir.upstream;

import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;

/**
 * Lends pooled memory in such a way that who has given a buffer back can do nothing to it any more: each loan has a
 * position, a limit and a count of references of its own.
 *
 * <p>Jetty's receiver needs that. When an exchange is aborted while a thread is on its way out of reading, that thread
 * empties the buffer it had parsed; meanwhile it may have gone back, and the next exchange be reading into it, which would
 * then miss bytes. And a chunk that an abort and a read race for is released twice.
 *
 * <p>Threads: any.
 */
final class LentBuffers extends ByteBufferPool.Wrapper {
    LentBuffers(ByteBufferPool memory) {
        super(memory);
    }

    @Override
    public RetainableByteBuffer.Mutable acquire(int size, boolean direct) {
        return new Loan(super.acquire(size, direct));
    }

    private static final class Loan extends RetainableByteBuffer.FixedCapacity {
        private final RetainableByteBuffer memory;

        Loan(RetainableByteBuffer memory) {
            super(memory.getByteBuffer().duplicate());
            this.memory = memory;
        }

        @Override
        public boolean release() {
            boolean last = super.release();
            if (last) {
                memory.release();
            }
            return last;
        }
    }
}
