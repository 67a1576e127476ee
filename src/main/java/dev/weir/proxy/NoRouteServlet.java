package dev.weir.proxy;

import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.vitals.Vitals;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers what no route claims; in the place of the container's default servlet, so that no file of the WAR is served. */
public final class NoRouteServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Refusal NO_ROUTE = new Refusal(
            Outcome.NO_ROUTE, "No route claims this path; the servlet mappings in web.xml say which there are.");

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Refusal refusal = "CONNECT".equals(request.getMethod()) ? Refusal.NO_CONNECT : NO_ROUTE;
        int bytes = refusal.writeTo(request, response);
        Vitals.of(getServletContext()).ifPresent(vitals -> vitals.refused(request, refusal, bytes));
    }
}
