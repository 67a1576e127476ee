package dev.weir.boot;

import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;

/** A client before its first request can come: at its PROXY header, or in its TLS handshake. */
record SweptHandshake(AbstractEndPoint client, EndPoint socket) implements SweptClient {
    @Override
    public Doing doing() {
        if (client.isOutputShutdown()) {
            return Doing.ENDED;
        }
        return socket.getConnection().getBytesIn() == 0 ? Doing.SILENT : Doing.HEAD;
    }

    @Override
    public long occasion() {
        return 0;
    }

    /** Nothing is lost with it: no request can have come. */
    @Override
    public boolean close(Doing doing) {
        SweptClient.closeUnread(client, doing);
        socket.close();
        return true;
    }
}
