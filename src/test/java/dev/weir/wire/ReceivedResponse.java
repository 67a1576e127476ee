package dev.weir.wire;

/** A response as a {@link Client} got it; a 1xx is one of its own. */
public final class ReceivedResponse extends Received {
    ReceivedResponse(Head head, Body body) {
        super(head, body);
    }

    /** The first line, without its line end. */
    public String statusLine() {
        return head.startLine();
    }

    /** The status code. */
    public int status() {
        return Integer.parseInt(statusLine().split(" ")[1]);
    }

    boolean withoutContent() {
        return status() < 200 || status() == 204 || status() == 304;
    }
}
