package dev.weir.vitals;

import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pages below {@code statusPath}: whom they let in, and what a browser may do with them. It stands beside the chain and
 * not behind it, so that it answers when everything else is full.
 *
 * <p>Threads: the container's; a page takes milliseconds and blocks no longer than its answer takes to go out.
 */
public final class StatusServlet extends HttpServlet {
    /** The servlet's name, by which an error page knows whom a request was for. */
    public static final String NAME = "weirStatus";

    /** The answer to every method but GET and HEAD. */
    public static final Refusal READ_ONLY =
            new Refusal(Outcome.METHOD_REFUSED, "This page is there to be read, with GET or HEAD.");

    /** Nothing but what comes from here, and nobody else's frame around it. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Map<String, String> FIELDS = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options", "nosniff",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer");

    private static final long serialVersionUID = 1;

    private final transient StatusAccess access;
    private final transient Map<String, Page> pages;
    private final transient Set<String> open;

    /**
     * Serves some pages.
     *
     * @param pages by the first segment of their paths
     * @param open those that answer anyone
     */
    StatusServlet(StatusAccess access, Map<String, Page> pages, Set<String> open) {
        this.access = access;
        this.pages = pages;
        this.open = open;
    }

    /** Lets in first, then looks at the method: the inherited answer to TRACE would echo what the client sent. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String method = request.getMethod();
        if (!open.contains(name(request)) && !access.isAllowed(request)) {
            new Refusal(Outcome.DENIED, "This page is for the addresses in weir.statusAllow, asked for directly.")
                    .writeTo(request, response);
        } else if (method.equals("GET") || method.equals("HEAD")) {
            super.service(request, response);
        } else {
            READ_ONLY.writeTo(request, response);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = name(request);
        if (name.isEmpty()) {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", request.getContextPath() + request.getServletPath() + "/status");
            return;
        }
        String rest = path(request).substring(name.length());
        Optional<Page.Content> content = Optional.ofNullable(pages.get(name))
                .flatMap(page -> page.content(request, rest.startsWith("/") ? rest.substring(1) : rest));
        if (content.isPresent()) {
            write(content.get(), response);
        } else {
            new Refusal(
                            Outcome.NO_ROUTE,
                            "There is no such page here; there are " + String.join(", ", pages.keySet()) + ".")
                    .writeTo(request, response);
        }
    }

    private static void write(Page.Content content, HttpServletResponse response) throws IOException {
        FIELDS.forEach(response::setHeader);
        response.setStatus(content.status());
        response.setContentType(content.contentType());
        response.setContentLength(content.body().length);
        response.getOutputStream().write(content.body());
    }

    /** The first segment; empty where there is none. */
    private static String name(HttpServletRequest request) {
        String path = path(request);
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }

    private static String path(HttpServletRequest request) {
        String path = request.getPathInfo();
        return path == null ? "" : path.substring(1);
    }
}
