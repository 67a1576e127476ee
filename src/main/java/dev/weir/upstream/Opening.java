package dev.weir.upstream;

import java.io.IOException;
import java.time.Duration;
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
 * {@code https} and HTTP/2, agreed on.
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
    private volatile boolean agreesOnHttp2;
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
        EndPoint endPoint = Pooled.endPoint(opened);
        UpstreamEndPoint.of(endPoint).hold(permit);
        SslConnection.SslEndPoint secured = endPoint instanceof SslConnection.SslEndPoint tls ? tls : null;
        if (secured == null && !destination.isHttp2()) {
            end();
            return;
        }
        enter(Stage.SECURING);
        long millis = destination.tlsHandshakeTimeout().toMillis();
        handshakeEnd = destination.scheduler().schedule(this::handshakeTimedOut, millis, TimeUnit.MILLISECONDS);
        if (secured == null) {
            awaitSettings();
        } else {
            UpstreamEndPoint.of(secured).whenSecured(this::secured);
            handshake(secured);
        }
    }

    private void handshake(SslConnection.SslEndPoint secured) {
        try {
            // Jetty would begin the handshake with the first request.
            secured.flush(BufferUtil.EMPTY_BUFFER);
        } catch (IOException cause) {
            failed(cause);
        }
    }

    private void handshakeTimedOut() {
        Duration bound = destination.tlsHandshakeTimeout();
        failed(
                agreesOnHttp2
                        ? new NotHttp2Exception("no settings within " + bound.toMillis() + " ms")
                        : new HandshakeTimeoutException(bound));
    }

    private void secured(Throwable failure) {
        if (failure != null) {
            failed(failure);
        } else if (destination.isHttp2()) {
            awaitSettings();
        } else {
            end();
        }
    }

    /** An HTTP/2 upstream speaks first, of how many exchanges it takes at once: that it speaks HTTP/2 shows in it. */
    private void awaitSettings() {
        agreesOnHttp2 = true;
        ((Http2UpstreamConnection) connection).whenSettled(failure -> {
            if (failure == null) {
                end();
            } else {
                failed(failure);
            }
        });
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

        HandshakeTimeoutException(Duration bound) {
            super("TLS handshake took longer than " + bound.toMillis() + " ms");
        }
    }
}
