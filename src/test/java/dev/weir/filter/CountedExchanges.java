package dev.weir.filter;

import com.sun.management.ThreadMXBean;
import dev.weir.exchange.Exchange;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Server;

/**
 * Counts what an exchange allocates on its way through the filters of the shipped {@code web.xml}, in its order, and on its
 * way back: from the request to the upstream request's head, from the upstream's head to the client's, to the end that the
 * vitals hear of. Prints the bytes of one, and ends.
 *
 * <p>A process of its own, for the count is exact where nothing is compiled that could spare an allocation: see
 * {@link AllocationTest}.
 */
final class CountedExchanges {
    /** What stands before the number in the line that is printed. */
    static final String SAYS = "bytes of each exchange: ";

    private static final int WARM_UP = 500;
    private static final int ROUNDS = 11;
    private static final int EXCHANGES_A_ROUND = 100;

    private static final Map<String, String> REQUEST_FIELDS = fields(
            "Host: www.example.test",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language: en-GB,en;q=0.5",
            "Accept-Encoding: gzip, deflate, br",
            "Referer: http://www.example.test/proxy/articles/",
            "Cookie: session=0123456789abcdef0123456789abcdef; theme=dark",
            "Connection: keep-alive");

    private static final Map<String, String> RESPONSE_FIELDS = fields(
            "Date: Mon, 03 Jun 2024 10:00:00 GMT",
            "Server: nginx",
            "Content-Type: text/html; charset=utf-8",
            "Content-Length: 1024",
            "Last-Modified: Sun, 02 Jun 2024 10:00:00 GMT",
            "ETag: \"665c4550-400\"",
            "Cache-Control: max-age=60",
            "Connection: keep-alive");

    private final List<Filter> filters;
    private final HttpFields upstreamHead;
    private final BareRequest request = new BareRequest(REQUEST_FIELDS);
    /** Nothing is asked of it before the head goes out. */
    private final HttpServletResponse response = BareRequest.silent(HttpServletResponse.class);

    /** The whole chain, made before anything is counted; each link is the one after its filter. */
    private final FilterChain chain;

    private CountedExchanges(List<Filter> filters) {
        HttpFields.Mutable fields = HttpFields.build();
        RESPONSE_FIELDS.forEach(fields::add);
        this.upstreamHead = fields.asImmutable();
        this.filters = filters;
        this.chain = after(0);
    }

    private static Map<String, String> fields(String... lines) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(": ");
            fields.put(line.substring(0, colon), line.substring(colon + 2));
        }
        return fields;
    }

    private FilterChain after(int passed) {
        if (passed == filters.size()) {
            return this::upstream;
        }
        Filter filter = filters.get(passed);
        FilterChain rest = after(passed + 1);
        return (request, response) -> filter.doFilter(request, response, rest);
    }

    /** In the servlet's place: the upstream's head comes, and is copied for the filters as it is there. */
    private void upstream(ServletRequest request, ServletResponse response) {
        Exchange.of(request).responseHead(200, "1.1", HttpFields.build(upstreamHead));
    }

    private void pass(int exchanges) throws IOException, ServletException {
        for (int exchange = 0; exchange < exchanges; exchange++) {
            chain.doFilter(request, response);
        }
    }

    /** The median of the rounds: a table that grows once is nothing that each exchange costs. */
    private long bytesEach() throws IOException, ServletException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        pass(WARM_UP);
        long[] rounds = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            pass(EXCHANGES_A_ROUND);
            rounds[round] = (threads.getCurrentThreadAllocatedBytes() - before) / EXCHANGES_A_ROUND;
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }

    public static void main(String[] args) throws Exception {
        WebAppContext application = new WebAppContext(Path.of("webapp").toUri().toString(), "/");
        application.setParentLoaderPriority(true);
        application.setThrowUnavailableOnStartupException(true);
        Server server = new Server();
        server.setHandler(application);
        server.start();
        try {
            List<Filter> filters = Stream.of(application.getServletHandler().getFilters())
                    .map(FilterHolder::getFilter)
                    .toList();
            System.out.println(SAYS + new CountedExchanges(filters).bytesEach());
        } finally {
            server.stop();
        }
    }
}
