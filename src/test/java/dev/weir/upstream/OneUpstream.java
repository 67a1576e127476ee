package dev.weir.upstream;

import dev.weir.config.Configuration;
import dev.weir.config.ServletDeclaration;
import dev.weir.config.Sources;
import dev.weir.config.UpstreamUrl;
import dev.weir.limits.Descriptors;
import dev.weir.wire.Origin;
import java.util.List;
import java.util.Map;

/** A client for one route, which leads to a test's origin. */
final class OneUpstream {
    private OneUpstream() {}

    static UpstreamClient client(Origin origin) {
        return client(origin, Map.of());
    }

    static UpstreamClient client(Origin origin, Map<String, String> contextParams) {
        Configuration configuration = Configuration.read(new Sources(
                Map.of(),
                Map.of(),
                Map.of(),
                contextParams,
                List.of(new ServletDeclaration(
                        "proxy",
                        "dev.weir.proxy.BoundedProxyServlet",
                        List.of("/proxy/*"),
                        Map.of("proxyTo", origin.uri().toString())))));
        return UpstreamClient.start(configuration, Descriptors.of(configuration.shared()), any -> false);
    }

    static UpstreamUrl url(Origin origin) {
        return new UpstreamUrl(origin.uri().getScheme(), "127.0.0.1", origin.port(), "");
    }
}
