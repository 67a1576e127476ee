import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Whether something answers yet. A plain socket, so that asking costs the starting process little. */
final class FirstAnswer {
    private static final byte[] REQUEST = "GET /proxy/1k HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BODY = Bodies.of(Workload.W1);
    private static final int PATIENCE_MILLIS = 10_000;

    private FirstAnswer() {}

    static boolean from(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(REQUEST);
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 200")
                    && Arrays.equals(Arrays.copyOfRange(answer, answer.length - BODY.length, answer.length), BODY);
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return false;
        }
    }
}
