package dev.weir.proxy;

import org.eclipse.jetty.io.Content;

/**
 * The first bytes of a request's body, kept until more of it is read or some of the request has gone out for good: up to
 * there it may go out on another connection instead.
 *
 * <p>Threads: guarded by the {@link ClientBody} whose they are.
 */
final class FirstBytes {
    private Content.Chunk kept;
    private boolean due;
    private boolean over;

    /** Keeps these, where they are the first. */
    Content.Chunk keep(Content.Chunk chunk) {
        if (kept != null) {
            release();
        } else if (!over) {
            kept = same(chunk);
        }
        return chunk;
    }

    /** Whether they are all that was read. */
    boolean isWhole() {
        return !over;
    }

    /** The next {@link #take} gives them once more. */
    void repeat() {
        due = kept != null;
    }

    /** Them, where they are to be given once more; else null. */
    Content.Chunk take() {
        if (!due) {
            return null;
        }
        due = false;
        return same(kept);
    }

    /** They are not needed any more, nor will any be. */
    void release() {
        over = true;
        due = false;
        if (kept != null) {
            kept.release();
            kept = null;
        }
    }

    /** The same bytes in the same buffer. */
    private static Content.Chunk same(Content.Chunk chunk) {
        chunk.retain();
        return Content.Chunk.asChunk(chunk.getByteBuffer().slice(), chunk.isLast(), chunk);
    }
}
