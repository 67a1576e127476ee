package dev.weir.upstream;

/**
 * The right to have one more socket for a while: to try a second address while the first one does not answer.
 *
 * <p>Threads: any; never blocks.
 */
interface AttemptPermits {
    /** Takes a permit where there is one; every one that was taken is given back, exactly once. */
    boolean tryTake();

    /** Gives one back: of the two sockets one is closed. Whichever is left belongs to who asked for the connection. */
    void giveBack();
}
