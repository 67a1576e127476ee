package dev.weir.upstream;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;

/**
 * A request whose method and target go out exactly as given. Jetty's own would parse the target as a URI, which fails on
 * or changes what clients really send ({@code |}, <code>{}</code>, a lone {@code %}), and would upper-case the method.
 *
 * <p>The target has been validated by {@code dev.weir.route}; it is never parsed again, so no form of it can name another
 * destination.
 */
public final class UpstreamRequest extends HttpRequest {
    /** The constructor wants a URI; scheme, host and port are set one by one, so that names with {@code _} pass too. */
    private static final URI PLACEHOLDER = URI.create("http://localhost/");

    private final String method;
    private final String path;
    /** Null where there is none; empty where the target ends in a bare {@code ?}. */
    private final String query;

    UpstreamRequest(HttpClient client, String method, String target) {
        super(client, new HttpConversation(), PLACEHOLDER);
        this.method = method;
        String octets = octets(target);
        int mark = octets.indexOf('?');
        this.path = mark < 0 ? octets : octets.substring(0, mark);
        this.query = mark < 0 ? null : octets.substring(mark + 1);
    }

    /** One character for each octet, as the sender encodes them. Jetty's server decodes a query as UTF-8. */
    private static String octets(String target) {
        return target.chars().allMatch(c -> c < 0x80)
                ? target
                : new String(target.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public String getQuery() {
        return query;
    }

    /** None: cookies and authentication, which Jetty looks up by URI, are the client's own. */
    @Override
    public URI getURI() {
        return null;
    }

    /** Refused: the target is fixed. */
    @Override
    public Request path(String path) {
        throw new UnsupportedOperationException("the target is fixed: " + this.path);
    }
}
