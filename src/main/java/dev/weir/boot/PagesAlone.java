package dev.weir.boot;

import dev.weir.config.SharedParameters;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Keeps whoever comes by {@code statusPort} to the pages: nothing is proxied there, by no route and by no URL of another
 * server. What comes by the other listener passes.
 */
final class PagesAlone extends Handler.Wrapper {
    /** The pages' names need no escapes, so that a path means the same to everyone who reads it. */
    private static final Pattern PLAIN = Pattern.compile("(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?");

    private final WebApplication application;

    /** @param all what the other listener leads to */
    PagesAlone(Handler all, WebApplication application) {
        super(all);
        this.application = application;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!StatusConnector.PORT.equals(
                request.getConnectionMetaData().getConnector().getName())) {
            return super.handle(request, response, callback);
        }
        String pages = statusPath() + "/";
        String path = request.getHttpURI().getPath();
        if (path != null && path.startsWith(pages) && PLAIN.matcher(path).matches()) {
            return application.handle(request, response, callback);
        }
        Refusal refusal = new Refusal(
                Outcome.NO_ROUTE,
                "This port has the pages below " + pages + " alone (weir.statusPort); no route is here.");
        RefusalErrors.write(refusal, application.getServletContext(), request, response, callback);
        return true;
    }

    private String statusPath() {
        return application.configuration().shared().get(SharedParameters.STATUS_PATH);
    }
}
