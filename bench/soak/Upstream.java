import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An upstream on a port of its own, with one fault or none. {@code /big} answers 100 KB, {@code /huge} 8 MB, anything else
 * 100 bytes. A thread for each connection, all daemons: as many as Weir opens, so its bounds are theirs.
 */
final class Upstream {
    /** What it does wrong. */
    enum Fault {
        NONE,
        /** Closes a connection that has been idle for 0 to 50 ms. */
        CLOSES_IDLE,
        /** Resets: before the head, or in the middle of the body. */
        RESETS,
        /** Reads the request and stays silent. */
        NEVER_ANSWERS,
        /** Says {@code Connection: close}, and closes. */
        CLOSES_EACH,
        /** Nobody listens. */
        REFUSES
    }

    private static final int BACKLOG = 1024;
    private static final int IDLE_MILLIS = 50;

    private final Fault fault;
    private final ServerSocket listener;

    private Upstream(Fault fault) throws IOException {
        this.fault = fault;
        listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    }

    /** Starts it; the port. */
    static int start(Fault fault) throws IOException {
        Upstream upstream = new Upstream(fault);
        int port = upstream.listener.getLocalPort();
        if (fault == Fault.REFUSES) {
            upstream.listener.close();
        } else {
            daemon(upstream::accept);
        }
        return port;
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "upstream");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                daemon(() -> serve(socket));
            } catch (IOException ended) {
                System.err.println("upstream " + fault + " no longer accepts: " + ended);
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (Wire wire = new Wire(socket)) {
            socket.setSoTimeout(0);
            boolean goesOn = true;
            while (goesOn) {
                String head = wire.readHead();
                goesOn = !head.isEmpty() && answer(wire, head);
            }
        } catch (IOException left) {
            // Weir closed it, or it was idle for too long: both are what this is for.
            return;
        }
    }

    private boolean answer(Wire wire, String head) throws IOException {
        wire.socket.setSoTimeout(0);
        wire.readBody(Long.MAX_VALUE);
        long length = head.contains("/huge") ? 8 << 20 : head.contains("/big") ? 100_000 : 100;
        String ok = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n";
        switch (fault) {
            case NEVER_ANSWERS:
                // Returns when Weir, out of patience, closes the connection.
                wire.readHead();
                return false;
            case RESETS:
                if (ThreadLocalRandom.current().nextBoolean()) {
                    wire.send(ok + "\r\n");
                    wire.sendBody(length / 2);
                }
                wire.reset();
                return false;
            case CLOSES_EACH:
                wire.send(ok + "Connection: close\r\n\r\n");
                wire.sendBody(length);
                return false;
            default:
                wire.send(ok + "\r\n");
                wire.sendBody(length);
                return fault == Fault.NONE || staysIdle(wire);
        }
    }

    private static boolean staysIdle(Wire wire) throws IOException {
        wire.socket.setSoTimeout(1 + ThreadLocalRandom.current().nextInt(IDLE_MILLIS));
        try {
            return wire.peek();
        } catch (SocketTimeoutException idle) {
            return false;
        }
    }
}
