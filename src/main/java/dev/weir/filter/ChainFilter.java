package dev.weir.filter;

import dev.weir.exchange.Exchange;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A filter of the chain behind {@link ExchangeFilter}: it works on the exchange, and passes through where there is none
 * (a page of our own, a foreign servlet).
 *
 * <p>Threads: the container's, one for each request. Nothing here blocks or reads the body.
 */
abstract class ChainFilter extends HttpFilter {
    private static final long serialVersionUID = 1;

    @Override
    protected final void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Exchange exchange = Exchange.of(request);
        if (exchange == null || filter(exchange)) {
            chain.doFilter(request, response);
        }
    }

    /**
     * Does this filter's one thing on the way in, and registers its other half.
     *
     * @return false where the filter refused: the answer is written, the chain ends here
     */
    protected abstract boolean filter(Exchange exchange) throws IOException;

    /** What the application's start left for the filters under this class's name. */
    protected final <T> T shared(Class<T> type) {
        return shared(getServletContext(), type);
    }

    static <T> T shared(jakarta.servlet.ServletContext context, Class<T> type) {
        Object value = context.getAttribute(type.getName());
        if (value == null) {
            throw new IllegalStateException(
                    type.getSimpleName()
                            + " is missing: web.xml must name the listener dev.weir.proxy.Application, as the shipped one does");
        }
        return type.cast(value);
    }
}
