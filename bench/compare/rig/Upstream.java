import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The nginx behind every peer: files, {@code /proxy/post}, which reads the whole body and tells the length,
 * {@code /proxy/slow}, which waits 100 ms, and {@code /proxy/digest}, which tells a body's hash and is never measured.
 * It may listen for further {@link Origins}, which have the same files.
 */
final class Upstream implements AutoCloseable {
    /** nginx knows no delay of its own. */
    static final Path ECHO_MODULE = Path.of("/usr/lib/nginx/modules/ngx_http_echo_module.so");

    private static final String SLOW = "location = /proxy/slow { echo_sleep 0.1; echo_exec /proxy/1k; }";
    /** The body ends here, in memory: what goes on to the socket is its length alone. */
    private static final String CONFIGURATION = """
            %s
            http {
                %s
                keepalive_timeout 300s;
                open_file_cache max=16;
                client_body_buffer_size 2m;
                upstream counted {
                    server unix:%s;
                    keepalive 64;
                    keepalive_requests 1000000000;
                }
                server {
                    listen 127.0.0.1:%d backlog=4096;
                    location /proxy/ { alias %s/; }
                    location = /proxy/post {
                        proxy_pass http://counted;
                        proxy_http_version 1.1;
                        proxy_pass_request_body off;
                        proxy_set_header Connection "";
                        proxy_set_header Content-Length "";
                        proxy_set_header X-Length $content_length;
                    }
                    location = /proxy/digest { proxy_pass http://127.0.0.1:%d; }
                    %s
                }
                server {
                    listen unix:%s;
                    location / { return 200 $http_x_length; }
                }
                %s
            }
            """;

    private static final String ORIGINS =
            "server { %s location /proxy/ { alias %s/; add_header " + Origins.HEADER + " $server_port; } }";
    private static final String LISTEN = "listen 127.0.0.1:{port} backlog=4096;";

    private final HttpServer digests;
    private final Running nginx;
    private final Origins origins;

    private Upstream(HttpServer digests, Running nginx, Origins origins) {
        this.digests = digests;
        this.nginx = nginx;
        this.origins = origins;
    }

    static Upstream start(Path work, Origins origins) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(work.resolve("upstream"));
        Path files = Files.createDirectories(folder.resolve("files"));
        Bodies.write(files);
        HttpServer digests = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        digests.createContext("/", exchange -> {
            byte[] answer =
                    Bodies.hash(exchange.getRequestBody().readAllBytes()).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        digests.start();
        int port = Running.freePort();
        Path socket = folder.resolve("post.sock");
        boolean echo = Files.exists(ECHO_MODULE);
        String configuration = CONFIGURATION.formatted(
                NginxPeer.main(folder, echo ? "load_module " + ECHO_MODULE + ";\n" : ""),
                NginxPeer.defaults(folder),
                socket,
                port,
                files,
                digests.getAddress().getPort(),
                echo ? SLOW : "",
                socket,
                origins.count() == 0 ? "" : ORIGINS.formatted(origins.each(LISTEN), files));
        List<String> command = NginxPeer.start(folder, configuration);
        return new Upstream(digests, Running.start("upstream", command, port, folder), origins);
    }

    int port() {
        return nginx.port();
    }

    Origins origins() {
        return origins;
    }

    @Override
    public void close() {
        nginx.close();
        digests.stop(0);
    }
}
