import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Whether a proxy's answers to a workload are right: status, length and hash of the body, and which of several origins it
 * came from. Threads: one at a time.
 */
final class Answers {
    static final class Wrong extends IOException {
        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message);
        }
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final Workload workload;
    private final Path folder;
    private final byte[] upload = Bodies.bytes(Bodies.UPLOAD_BYTES);

    private final Origins origins;
    private int asked;

    Answers(Workload workload, Path folder, Origins origins) {
        this.workload = workload;
        this.folder = folder;
        this.origins = origins;
    }

    /** Asks once, or every destination once. */
    void check(int port) throws IOException, InterruptedException {
        for (int i = 0; i < Math.max(1, workload.destinations); i++) {
            checkOne(port);
        }
    }

    /** Asks once, the next destination where there are several. */
    void checkOne(int port) throws IOException, InterruptedException {
        if (workload == Workload.W11) {
            checkHttp2(port);
        } else if (workload.posts()) {
            checkUpload(port);
        } else if (workload.destinations > 0) {
            checkDestination(port, asked++ % workload.destinations);
        } else {
            checkDownload(port, workload.path());
        }
    }

    private void checkDestination(int port, int number) throws IOException, InterruptedException {
        String seen = checkDownload(port, workload.path(number))
                .headers()
                .firstValue(Origins.HEADER)
                .orElse("none");
        expect("the origin behind " + workload.path(number), seen, String.valueOf(origins.port(number)));
    }

    private HttpResponse<byte[]> checkDownload(int port, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request(port, path).build(), HttpResponse.BodyHandlers.ofByteArray());
        expect("the status", response.statusCode(), 200);
        expectBody(response.body());
        return response;
    }

    /** The measured resource tells the length, the other one has seen every byte. */
    private void checkUpload(int port) throws IOException, InterruptedException {
        expect("the length that came", post(port, workload.path()), String.valueOf(upload.length));
        expect("the hash that came", post(port, "/proxy/digest"), Bodies.hash(upload));
    }

    private String post(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = request(port, path)
                .POST(HttpRequest.BodyPublishers.ofByteArray(upload))
                .build();
        HttpResponse<String> response =
                client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.US_ASCII));
        expect("the status", response.statusCode(), 200);
        return response.body();
    }

    /** With curl: the JDK's client has no prior knowledge. */
    private void checkHttp2(int port) throws IOException, InterruptedException {
        Path body = folder.resolve("curl.body");
        String url = "http://127.0.0.1:" + port + workload.path();
        String seen = Command.output(List.of(
                "curl",
                "-sS",
                "--http2-prior-knowledge",
                "-w",
                "%{http_version} %{http_code}",
                "-o",
                body.toString(),
                url));
        expect("version and status", seen, "2 200");
        expectBody(Files.readAllBytes(body));
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(PATIENCE);
    }

    private void expectBody(byte[] body) throws Wrong {
        byte[] expected = Bodies.of(workload);
        expect("the length of the body", body.length, expected.length);
        expect("the hash of the body", Bodies.hash(body), Bodies.hash(expected));
    }

    private void expect(String what, Object seen, Object expected) throws Wrong {
        if (!seen.equals(expected)) {
            throw new Wrong(workload.label + ": " + what + " was " + seen + ", expected " + expected);
        }
    }
}
