package dev.weir.vitals;

import dev.weir.boot.Launcher;
import dev.weir.boot.Options;
import dev.weir.boot.RunningLauncher;
import dev.weir.wire.Origin;
import dev.weir.wire.Scrape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.awaitility.Awaitility;

/** A launcher in this process that has served a request, and the JVM has collected garbage: every metric has its series. */
final class ScriptedTraffic implements AutoCloseable {
    private final Origin origin = new Origin().answerAll(request -> Origin.ok("ok"));
    private final RunningLauncher launcher;

    ScriptedTraffic() {
        try {
            launcher = Launcher.start(Options.of("--port", "0", "--route", "/proxy=" + origin.uri()));
        } catch (Exception cause) {
            throw new IllegalStateException(cause);
        }
        get("/proxy/a", "*/*");
        System.gc();
        Awaitility.await("the request is over, and the collection was told of").until(() -> {
            Scrape scrape = scrape();
            return scrape.sum("http_client_request_duration_seconds_count") > 0
                    && scrape.types().containsKey("jvm_gc_pause_seconds");
        });
    }

    URI uri() {
        return launcher.uri();
    }

    HttpResponse<String> get(String path, String accept) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + uri().getPort() + path))
                                    .header("Accept", accept)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException cause) {
            throw new IllegalStateException(cause);
        }
    }

    Scrape scrape() {
        return Scrape.of(get("/-/metrics", "text/plain").body());
    }

    @Override
    public void close() {
        launcher.close();
        origin.close();
    }
}
