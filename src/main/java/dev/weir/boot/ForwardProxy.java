package dev.weir.boot;

import dev.weir.config.UpstreamTemplate;
import dev.weir.config.UpstreamUrl;
import dev.weir.exchange.ForwardTarget;
import dev.weir.exchange.Ourselves;
import dev.weir.route.AbsoluteForm;
import dev.weir.route.BadTargetException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Leads what a client asks of another server, in absolute-form or with CONNECT, to the forward proxy's servlet, through
 * the same filters as everything else. Whatever the URL's path is, the servlet is the one: no page and no other route of
 * ours can be reached by it. A URL that names ourselves is a usual request (RFC 9112 §3.2.2).
 *
 * <p>HTTP/1.x alone: in HTTP/2 every request names an authority, and none says whether it means us.
 */
final class ForwardProxy extends Handler.Wrapper {
    /** Like that of the status pages, no path that anybody's application is likely to have. */
    static final String PREFIX = "/-forward";

    static final String SERVLET = "forwardProxy";

    /** What the option becomes: a route whose requests say where they lead. */
    static final Route ROUTE = new Route(SERVLET, PREFIX, Optional.of(UpstreamTemplate.TARGET));

    private final WebApplication application;

    ForwardProxy(WebApplication application) {
        super(application);
        this.application = application;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String target = AskedHttp1.target(request);
        boolean connect = HttpMethod.CONNECT.is(request.getMethod());
        if (target.isEmpty() || !AbsoluteForm.is(target) || !connect && isOurs(request.getMethod(), target)) {
            return super.handle(request, response, callback);
        }
        HttpURI servlet = HttpURI.build(request.getHttpURI())
                .scheme(request.isSecure() ? "https" : "http")
                .pathQuery(PREFIX + "/")
                .asImmutable();
        Request forwarded = new Request.Wrapper(request) {
            @Override
            public HttpURI getHttpURI() {
                return servlet;
            }
        };
        forwarded.setAttribute(ForwardTarget.ATTRIBUTE, new ForwardTarget(target));
        return super.handle(forwarded, response, callback);
    }

    private boolean isOurs(String method, String target) {
        Ourselves ourselves = (Ourselves) application.getServletContext().getAttribute(Ourselves.class.getName());
        try {
            UpstreamUrl named = AbsoluteForm.of(method, target).upstream();
            return ourselves.areNamedBy(named);
        } catch (BadTargetException told) {
            return false; // by the servlet
        }
    }
}
