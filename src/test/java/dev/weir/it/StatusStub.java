package dev.weir.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.util.ajax.JSON;

/**
 * Serves the status page as Weir does, under some context path, over numbers that the test makes up.
 *
 * <p>Threads: the server's own reads what the test's writes; the status is replaced as a whole.
 */
final class StatusStub implements AutoCloseable {
    private static final String PATH = "/some/app/-/";
    private static final String PAGE = "/dev/weir/vitals/page/";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    /** What the page must do with, character by character as Weir sends it. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css",
            "js", "text/javascript",
            "svg", "image/svg+xml",
            "json", "application/json");

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile String status = text("/dev/weir/it/status.json");
    private volatile String configuration = text("/dev/weir/it/configuration.json");
    private volatile int statusCode = 200;

    private StatusStub(HttpServer server) {
        this.server = server;
    }

    static StatusStub start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            StatusStub stub = new StatusStub(server);
            server.createContext("/", stub::answer);
            server.start();
            return stub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String page() {
        return origin() + PATH + "status";
    }

    /** The canned status, for a test to change and to {@link #say}. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> canned() {
        return (Map<String, Object>) new JSON().fromJSON(text("/dev/weir/it/status.json"));
    }

    void say(Map<String, Object> changed) {
        status = new JSON().toJSON(changed);
    }

    void sayConfiguration(String changed) {
        configuration = changed;
    }

    static String cannedConfiguration() {
        return text("/dev/weir/it/configuration.json");
    }

    /** Answers {@code status.json} with another status; 0 hangs up. */
    void answerStatusWith(int code) {
        statusCode = code;
    }

    /** What was asked for below the pages' path, queries included, oldest first. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        String name = target.startsWith(PATH) ? target.substring(PATH.length()) : target;
        asked.add(name);
        if (name.startsWith("status.json")) {
            answerStatus(exchange);
        } else if (name.equals("configuration.json")) {
            send(exchange, 200, "json", configuration.getBytes(StandardCharsets.UTF_8));
        } else if (name.equals("status")) {
            send(exchange, 200, "html", bytes(PAGE + "status.html"));
        } else {
            sendAsset(exchange, name);
        }
    }

    private void answerStatus(HttpExchange exchange) throws IOException {
        if (statusCode == 0) {
            exchange.close();
        } else {
            byte[] body = statusCode == 200 ? status.getBytes(StandardCharsets.UTF_8) : new byte[] {'{', '}'};
            send(exchange, statusCode, "json", body);
        }
    }

    private static void sendAsset(HttpExchange exchange, String name) throws IOException {
        String file = name.replaceFirst("^assets/", "");
        String resource = switch (file) {
            case "uPlot.js" -> UPLOT + "uPlot.iife.min.js";
            case "uPlot.css" -> UPLOT + "uPlot.min.css";
            default -> PAGE + file;
        };
        boolean there = name.startsWith("assets/") && StatusStub.class.getResource(resource) != null;
        send(
                exchange,
                there ? 200 : 404,
                there ? file.substring(file.lastIndexOf('.') + 1) : "html",
                there ? bytes(resource) : new byte[] {'?'});
    }

    private static void send(HttpExchange exchange, int code, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", TYPES.get(type));
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String text(String resource) {
        return new String(bytes(resource), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = StatusStub.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource + " on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
