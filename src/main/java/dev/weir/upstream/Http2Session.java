package dev.weir.upstream;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.frames.GoAwayFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/**
 * What an upstream says of an HTTP/2 connection as a whole, told to the {@link Http2UpstreamConnection}.
 *
 * <p>Threads: the one that reads the connection, and whichever fails to write to it.
 */
final class Http2Session implements Session.Listener, Promise<Session> {
    private final Promise<Connection> opened;
    private volatile Http2UpstreamConnection connection;

    /** @param context what Jetty hands along with a socket that is being opened; holds the promise to keep */
    @SuppressWarnings("unchecked")
    Http2Session(Map<String, Object> context) {
        opened = (Promise<Connection>) context.get(Connection.PROMISE_CONTEXT_KEY);
    }

    /** Before anything is sent. */
    void begin(Http2UpstreamConnection made) {
        connection = made;
    }

    /** The socket is connected: TLS and the upstream's settings are for the {@link Opening} to await. */
    @Override
    public Map<Integer, Integer> onPreface(Session session) {
        opened.succeeded(connection);
        return Map.of(SettingsFrame.ENABLE_PUSH, 0);
    }

    @Override
    public void succeeded(Session prefaceSent) {}

    @Override
    public void failed(Throwable prefaceNotSent) {
        connection.lost(prefaceNotSent);
    }

    @Override
    public void onSettings(Session session, SettingsFrame frame) {
        connection.settled();
    }

    @Override
    public void onGoAway(Session session, GoAwayFrame frame) {
        connection.leaves();
    }

    @Override
    public void onClose(Session session, GoAwayFrame frame, Callback callback) {
        connection.lost(new IOException("closed by the upstream"));
        callback.succeeded();
    }

    @Override
    public void onFailure(Session session, Throwable failure, Callback callback) {
        connection.lost(failure);
        callback.succeeded();
    }
}
