package dev.weir.filter;

import dev.weir.config.Configuration;
import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.vitals.Vitals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the exchange on the way in, where the servlet is a route of ours or the no-route servlet, and ends it on the way
 * out unless the servlet took that over.
 */
public final class ExchangeFilter extends HttpFilter {
    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(ExchangeFilter.class);

    private transient Configuration configuration;
    private transient Vitals vitals;

    @Override
    public void init() {
        configuration = ChainFilter.shared(getServletContext(), Configuration.class);
        vitals = ChainFilter.shared(getServletContext(), Vitals.class);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var route = configuration.route(request.getHttpServletMapping().getServletName());
        if (route.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        Exchange exchange = Exchange.open(request, response, route.get());
        if (vitals.keepsClientRequests()) {
            exchange.report().keep(ClientRequest.of(request));
        }
        exchange.onEnd(() -> vitals.ended(exchange.report()));
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException bug) {
            LOG.error("An exchange of route {} failed inside Weir", route.get().servletName(), bug);
            if (!exchange.isAsynchronous() && !response.isCommitted()) {
                response.reset();
                exchange.refuse(new Refusal(Outcome.INTERNAL_ERROR, "Weir failed inside; its log has the cause."));
            }
        } catch (ServletException misconfigured) {
            exchange.report().conclude(Outcome.INTERNAL_ERROR, misconfigured.getMessage());
            throw misconfigured;
        } finally {
            if (!exchange.isAsynchronous()) {
                exchange.end(Exchange.Leg.CLIENT);
            }
        }
    }
}
