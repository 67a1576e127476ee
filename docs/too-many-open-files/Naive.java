import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;

/**
 * The proxy of the story, as one writes it in an afternoon. It works. Its faults are marked; the page beside it says what
 * each of them does. Arguments: its port, the upstream's, and whether upstream connections are kept alive.
 */
final class Naive {
    private final URI upstream;
    private final boolean keepAlive;

    private Naive(URI upstream, boolean keepAlive) {
        this.upstream = upstream;
        this.keepAlive = keepAlive;
    }

    public static void main(String[] arguments) throws IOException {
        if ("false".equals(arguments[2])) {
            System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
        }
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        HttpServer server = HttpServer.create(address, 1024);
        URI upstream = URI.create("http://127.0.0.1:" + arguments[1]);
        Naive naive = new Naive(upstream, Boolean.parseBoolean(arguments[2]));
        server.createContext("/", naive::handle);
        // Fault: as many threads as there are requests.
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        System.out.println(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        try (exchange) {
            relay(exchange);
        }
    }

    private void relay(HttpExchange exchange) throws IOException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                    upstream.resolve(exchange.getRequestURI().getRawPath()));
            if (!keepAlive) {
                request.setHeader("Connection", "close");
            }
            // Faults: a client, and so a pool, for each request; nobody closes it. No timeout. And newHttpClient()
            // follows the system's proxy setting.
            var response = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofByteArray());
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (Exception | Error failed) {
            System.out.println("failed: " + failed);
            exchange.sendResponseHeaders(502, -1);
        }
    }
}
