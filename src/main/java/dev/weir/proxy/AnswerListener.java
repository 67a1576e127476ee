package dev.weir.proxy;

/** Whom the answer tells what happens to it; called from within its pump. */
interface AnswerListener {
    /** Bytes moved towards the client. */
    void onProgress();

    /** The body's source failed. Answered by a call to {@link ClientAnswer#fail}, now or later. */
    void onSourceFailure(Throwable cause);

    /** Writing failed: the client is not there any more. */
    void onClientGone();

    /** The client's message is about to end: the last moment in which the client's request may be read. Once. */
    void beforeEnd();

    /** The head of a 101 is written, and nothing but it: the protocol is switched now. */
    void onSwitch();

    /**
     * The client's message is written. Whether its request goes on: then the message is sent whole, and the exchange
     * completes when the request is over.
     */
    boolean throwAwayRest();

    /**
     * The client's message has ended. Once, and the last call.
     *
     * @param whole whether the source's last byte went out
     */
    void onEnd(boolean whole);
}
