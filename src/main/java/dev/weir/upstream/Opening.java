package dev.weir.upstream;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * One connection on its way, from its permit until exchanges can be sent on it: resolved, connected and, for
 * {@code https}, secured.
 *
 * <p>Threads: any; the destination is told once what came of it.
 */
final class Opening implements Promise<Connection> {
    final SocketPermit permit;
    final long startedNanos;
    private final BoundedDestination destination;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Stage stage = Stage.RESOLVING;
    private volatile Connection connection;
    private volatile Scheduler.Task handshakeEnd;

    Opening(BoundedDestination destination, SocketPermit permit, long startedNanos) {
        this.destination = destination;
        this.permit = permit;
        this.startedNanos = startedNanos;
    }

    Stage stage() {
        return stage;
    }

    /** The addresses are known, and a socket is being opened. */
    void connecting() {
        if (stage == Stage.RESOLVING) {
            enter(Stage.CONNECTING);
        }
    }

    private void enter(Stage next) {
        stage = next;
        destination.openingMoved();
    }

    /** The socket is connected; over TLS its connection is not for use yet. */
    @Override
    public void succeeded(Connection opened) {
        connection = opened;
        EndPoint endPoint = ((org.eclipse.jetty.io.Connection) opened).getEndPoint();
        UpstreamEndPoint.of(endPoint).hold(permit);
        if (!(endPoint instanceof SslConnection.SslEndPoint secured)) {
            end();
            return;
        }
        enter(Stage.SECURING);
        long millis = destination.tlsHandshakeTimeout().toMillis();
        handshakeEnd = destination.scheduler().schedule(this::handshakeTimedOut, millis, TimeUnit.MILLISECONDS);
        UpstreamEndPoint.of(secured).whenSecured(this::secured);
        try {
            // Jetty would begin the handshake with the first request.
            secured.flush(BufferUtil.EMPTY_BUFFER);
        } catch (IOException cause) {
            failed(cause);
        }
    }

    private void handshakeTimedOut() {
        failed(new HandshakeTimeoutException(destination.tlsHandshakeTimeout()));
    }

    private void secured(Throwable failure) {
        if (failure == null) {
            end();
        } else {
            failed(failure);
        }
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            cancelTimer();
            destination.opened(this, connection);
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (ended.compareAndSet(false, true)) {
            cancelTimer();
            Connection half = connection;
            if (half != null) {
                half.close();
            }
            permit.abandon();
            destination.openFailed(this, cause);
        }
    }

    private void cancelTimer() {
        Scheduler.Task timer = handshakeEnd;
        if (timer != null) {
            timer.cancel();
        }
    }

    /** Thrown where a TLS handshake took longer than {@code tlsHandshakeTimeout}. */
    static final class HandshakeTimeoutException extends TimeoutException {
        private static final long serialVersionUID = 1;

        HandshakeTimeoutException(java.time.Duration bound) {
            super("TLS handshake took longer than " + bound.toMillis() + " ms");
        }
    }
}
