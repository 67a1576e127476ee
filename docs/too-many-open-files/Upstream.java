import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The upstream: answers any request after 20 ms, keeps connections as long as the other side does, and closes where it was
 * told {@code Connection: close}. Arguments: its ports. A thread for each connection, which the proxies' limits bound.
 */
final class Upstream {
    private static final int WORK_MILLIS = 20;

    private Upstream() {}

    public static void main(String[] arguments) throws IOException {
        for (String port : arguments) {
            ServerSocket listener = new ServerSocket(Integer.parseInt(port), 1024, InetAddress.getLoopbackAddress());
            new Thread(() -> accept(listener)).start();
        }
    }

    private static void accept(ServerSocket listener) {
        try {
            while (true) {
                Socket socket = listener.accept();
                new Thread(() -> serve(socket)).start();
            }
        } catch (IOException ended) {
            System.out.println("no longer accepts: " + ended);
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            boolean goesOn = true;
            while (goesOn) {
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                for (; line != null && !line.isEmpty(); line = in.readLine()) {
                    goesOn &= !line.equalsIgnoreCase("Connection: close");
                }
                Thread.sleep(WORK_MILLIS);
                String connection = goesOn ? "" : "Connection: close\r\n";
                String answer = "HTTP/1.1 200 OK\r\n" + connection + "Content-Length: 6\r\n\r\nhello\n";
                socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
            }
        } catch (IOException left) {
            // The proxy ended.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
