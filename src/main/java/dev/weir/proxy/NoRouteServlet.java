package dev.weir.proxy;

import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers what no route claims; in the place of the container's default servlet, so that no file of the WAR is served. */
public final class NoRouteServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if ("CONNECT".equals(request.getMethod())) {
            Refusal.NO_CONNECT.writeTo(request, response);
            return;
        }
        new Refusal(Outcome.NO_ROUTE, "No route claims this path; the servlet mappings in web.xml say which there are.")
                .writeTo(request, response);
    }
}
