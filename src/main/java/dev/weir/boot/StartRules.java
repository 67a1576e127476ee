package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.Problem;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the launcher asks for beyond what a container does: something to proxy to, that is not the launcher itself; and
 * files that TLS can use.
 */
record StartRules(Options options) {
    /** Waits for the names that matter, as {@link OwnListeners} do. A port of 0 is not known yet. */
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
        List<InetSocketAddress> listeners = new ArrayList<>();
        addKnown(options.port(), listeners);
        OptionalInt pages = configuration.shared().get(SharedParameters.STATUS_PORT);
        pages.ifPresent(port -> addKnown(port, listeners));
        if (!listeners.isEmpty()) {
            problems.addAll(new OwnListeners(listeners).problems(configuration));
        }
        if (understood && pages.isPresent() && pages.getAsInt() != 0 && pages.getAsInt() == options.port()) {
            problems.add(new Problem(
                    StatusConnector.PORT,
                    Integer.toString(options.port()),
                    "another port than --port; there the pages are anyway",
                    Optional.empty()));
        }
        return problems;
    }

    private void addKnown(int port, List<InetSocketAddress> listeners) {
        if (port != 0) {
            listeners.add(new InetSocketAddress(options.host(), port));
        }
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
