package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.Problem;
import dev.weir.config.RouteParameters;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the launcher asks for beyond what a container does: something to proxy to, that is not the launcher itself; and
 * files that TLS can use.
 */
record StartRules(Options options) {
    /** Waits for the names that matter, as {@link OwnListener} does. With {@code --port 0} the listener is not known yet. */
    List<Problem> problems(Configuration configuration) {
        List<Problem> problems = new ArrayList<>();
        boolean understood = options.problems().isEmpty(); // else a route may be missing that was there
        if (understood && !hasUpstream(configuration)) {
            problems.add(new Problem(
                    "routes",
                    "none has an upstream",
                    "--route /proxy=http://localhost:9000 (your upstream's URL), or --demo; --help tells more",
                    Optional.empty()));
        }
        options.tls().ifPresent(files -> readIdentity(files, problems));
        if (options.port() != 0) {
            problems.addAll(
                    new OwnListener(new InetSocketAddress(options.host(), options.port())).problems(configuration));
        }
        return problems;
    }

    private static void readIdentity(TlsFiles files, List<Problem> problems) {
        try {
            ServerIdentity.of(files, files.read());
        } catch (BadTlsFileException unusable) {
            problems.add(unusable.problem());
        }
    }

    private static boolean hasUpstream(Configuration configuration) {
        return configuration.routes().stream()
                .anyMatch(route -> route.values().get(RouteParameters.PROXY_TO).isPresent());
    }
}
