package dev.weir.boot;

import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.server.internal.HttpConnection;

/** A client of HTTP/1.x: its parser says how far it is. */
record SweptHttp1(AbstractEndPoint client, HttpConnection connection) implements SweptClient {
    @Override
    public Doing doing() {
        HttpParser.State state = connection.getParser().getState();
        if (client.isOutputShutdown()) {
            return Doing.ENDED;
        }
        if (state == HttpParser.State.START) {
            return occasion() == 0 ? Doing.SILENT : Doing.IDLE;
        }
        return state.compareTo(HttpParser.State.HEADER) <= 0 ? Doing.HEAD : Doing.BUSY;
    }

    @Override
    public long occasion() {
        return connection.getMessagesIn();
    }

    @Override
    public boolean close(Doing doing) {
        return SweptClient.closeUnread(client, doing);
    }
}
