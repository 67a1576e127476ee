package dev.weir.proxy;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.vitals.StatusServlet;
import dev.weir.vitals.Vitals;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The error page of the web application: what a container would say with a page of its own gets our own form. */
public final class ErrorServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            // Tomcat asks here too when it cuts a message short; a word of ours would pass for a part of it.
            return;
        }
        Refusal refusal = refusal(request);
        int bytes = refusal.writeTo(request, response);
        if (Exchange.of(request) == null) { // else its own report tells
            Vitals.of(getServletContext()).ifPresent(vitals -> vitals.refused(request, refusal, bytes));
        }
    }

    private static Refusal refusal(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        Refusal refusal = status instanceof Integer code ? Refusal.ofStatus(code) : NO_ERROR;
        boolean isPages = refusal.outcome() == Outcome.TRACE_REFUSED && isForStatus(request);
        return isPages ? StatusServlet.READ_ONLY : refusal;
    }

    /** Tomcat refuses TRACE before any servlet. */
    private static boolean isForStatus(HttpServletRequest request) {
        return StatusServlet.NAME.equals(request.getAttribute(RequestDispatcher.ERROR_SERVLET_NAME));
    }

    private static final Refusal NO_ERROR = new Refusal(Outcome.NO_ROUTE, "No route claims this path.");
}
