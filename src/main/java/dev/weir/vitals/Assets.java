package dev.weir.vitals;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of the status page, of this package's resources and of the chart library's: those that are listed here. */
final class Assets implements Page {
    private static final String CHARTS = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final List<String> OWN = List.of(
            "status.css",
            "icon.svg",
            "status.js",
            "bars.js",
            "bounds.js",
            "charts.js",
            "configuration.js",
            "dom.js",
            "poll.js",
            "samples.js",
            "tables.js",
            "text.js");
    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    private final Map<String, Content> files = new HashMap<>();

    /** Reads all of them. */
    Assets() {
        OWN.forEach(name -> add(name, "page/" + name));
        add("uPlot.css", CHARTS + "uPlot.min.css");
        add("uPlot.js", CHARTS + "uPlot.iife.min.js");
    }

    private void add(String name, String resource) {
        String contentType = CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        files.put(name, new Content(200, contentType, bytes(resource)));
    }

    /** The page itself. */
    static Content page() {
        return new Content(200, Content.HTML, bytes("page/status.html"));
    }

    static byte[] bytes(String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The WAR lacks " + resource);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The WAR's " + resource + " is not readable", unreadable);
        }
    }

    @Override
    public Optional<Content> content(HttpServletRequest request, String rest) {
        return Optional.ofNullable(files.get(rest));
    }
}
