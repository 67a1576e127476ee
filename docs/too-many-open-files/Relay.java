import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Passes bytes between its port and another one, and prints a line for each connection: what makes a loop that no
 * configuration shows. Arguments: its port, the other one.
 */
final class Relay {
    private Relay() {}

    public static void main(String[] arguments) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ServerSocket listener = new ServerSocket(Integer.parseInt(arguments[0]), 1024, loopback);
        while (true) {
            Socket here = listener.accept();
            System.out.println("connection");
            Thread both = new Thread(() -> join(here, loopback, Integer.parseInt(arguments[1])));
            both.setDaemon(true);
            both.start();
        }
    }

    private static void join(Socket here, InetAddress address, int port) {
        try (here;
                Socket there = new Socket(address, port)) {
            Thread back = new Thread(() -> pass(there, here));
            back.start();
            pass(here, there);
            back.join();
        } catch (IOException | InterruptedException ended) {
            return;
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            return;
        }
    }
}
