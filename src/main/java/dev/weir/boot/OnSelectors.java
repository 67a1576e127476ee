package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import java.util.concurrent.Executor;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Has requests run on the threads of the selectors that have read them, as {@code nonBlocking} says: nothing in the chain
 * waits for anything, and a hand-over to another thread would cost more than the whole chain. The pages do wait, for
 * clients that read slowly, and run on threads of their own.
 */
final class OnSelectors extends Handler.Wrapper {
    /** Each may wait for a client that reads slowly. */
    static final int PAGE_THREADS = 8;

    private final WebApplication application;
    /** Where the pages have no listener, and so no threads, of their own. */
    private final QueuedThreadPool pageThreads = new QueuedThreadPool(PAGE_THREADS, 0);

    private boolean nonBlocking;
    private String pages;

    OnSelectors(Handler all, WebApplication application) {
        super(all);
        this.application = application;
        pageThreads.setName("weir-pages");
        pageThreads.setReservedThreads(0);
        addBean(pageThreads);
    }

    /** Whether it is allowed; not where passwords are looked at, whose hashes take their time by intention. */
    static boolean areAllowed(Configuration configuration) {
        boolean users = configuration.routes().stream()
                .anyMatch(
                        route -> route.values().get(RouteParameters.PROXY_USERS).isPresent());
        return configuration.shared().get(SharedParameters.NON_BLOCKING) && !users;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart(); // with the application, which reads the configuration
        Configuration configuration = application.configuration();
        nonBlocking = areAllowed(configuration);
        pages = configuration.shared().get(SharedParameters.STATUS_PATH);
    }

    /** Asked by the server when it has started, once. */
    @Override
    public InvocationType getInvocationType() {
        return nonBlocking ? InvocationType.NON_BLOCKING : InvocationType.BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!nonBlocking || !isPage(request.getHttpURI().getCanonicalPath())) {
            return super.handle(request, response, callback);
        }
        Connector listener = request.getConnectionMetaData().getConnector();
        Executor threads = StatusConnector.PORT.equals(listener.getName()) ? listener.getExecutor() : pageThreads;
        threads.execute(() -> page(request, response, callback));
        return true;
    }

    /** By the path that Jetty looks for a servlet with, where nothing is escaped that could stand in {@code statusPath}. */
    private boolean isPage(String path) {
        return path != null
                && path.startsWith(pages)
                && (path.length() == pages.length() || path.charAt(pages.length()) == '/');
    }

    private void page(Request request, Response response, Callback callback) {
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Exception failure) {
            Response.writeError(request, response, callback, failure);
        }
    }
}
