package dev.weir.wire;

/** A request as an {@link Origin} got it. */
public final class ReceivedRequest extends Received {
    ReceivedRequest(Head head, Body body) {
        super(head, body);
    }

    /** The first line, without its line end. */
    public String requestLine() {
        return head.startLine();
    }

    /** The first word of the request line. */
    public String method() {
        return requestLine().split(" ", 2)[0];
    }

    /** What stands between the first and the last space of the request line. */
    public String target() {
        return requestLine()
                .substring(requestLine().indexOf(' ') + 1, requestLine().lastIndexOf(' '));
    }
}
