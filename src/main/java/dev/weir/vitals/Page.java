package dev.weir.vitals;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** One of the pages below {@code statusPath}. */
@FunctionalInterface
interface Page {
    /**
     * What it says now.
     *
     * @param contentType with its charset
     */
    record Content(int status, String contentType, byte[] body) {
        static final String HTML = "text/html;charset=utf-8";
        static final String JSON = "application/json";
        static final String TEXT = "text/plain;charset=utf-8";

        static Content of(String contentType, String text) {
            return new Content(200, contentType, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A page that is alone under its name, and always there. */
    static Page of(Function<HttpServletRequest, Content> content) {
        return (request, rest) -> rest.isEmpty() ? Optional.of(content.apply(request)) : Optional.empty();
    }

    /**
     * Empty where there is no such page.
     *
     * @param rest what of the path follows the page's name, without a leading slash
     */
    Optional<Content> content(HttpServletRequest request, String rest);
}
