package dev.weir.route;

import dev.weir.config.Configuration;
import dev.weir.config.UpstreamUrl;
import java.util.List;

/**
 * The paths at our own listeners that come back to this web application: the one place of this rule. An upstream at
 * such a listener is a loop where its base path lies
 *
 * <ul>
 *   <li>behind the context path and the prefix of one of our routes, for then every request comes back; or
 *   <li>nowhere, when we are the root application: who else would answer; or
 *   <li>anywhere, when we are the server's only application.
 * </ul>
 *
 * <p>Every other path may be another application of the same server, and a route to it is as good as any. A path above
 * our own ({@code http://localhost:8080} from {@code /weir}) comes back for some requests only: the loop guard refuses
 * those by their id.
 *
 * <p>Threads: immutable.
 */
public final class OwnPaths {
    private final boolean isRoot;
    private final boolean isAlone;
    private final List<Prefix> routes;

    /**
     * @param contextPath empty for the root
     * @param isAlone whether the server has no other application
     */
    public OwnPaths(String contextPath, boolean isAlone, Configuration configuration) {
        this.isRoot = contextPath.isEmpty();
        this.isAlone = isAlone;
        this.routes = configuration.routes().stream()
                .map(route -> new Prefix(contextPath + route.prefix()))
                .toList();
    }

    /** Whether what an own listener gets with this upstream's base path comes back. */
    public boolean hold(UpstreamUrl upstream) {
        String path = upstream.path();
        return isAlone || (isRoot && path.matches("/*")) || routes.stream().anyMatch(route -> route.endIn(path) >= 0);
    }
}
