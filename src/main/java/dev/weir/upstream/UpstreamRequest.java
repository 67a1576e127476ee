package dev.weir.upstream;

import java.net.URI;
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
    private final String target;

    UpstreamRequest(HttpClient client, String method, String target) {
        super(client, new HttpConversation(), PLACEHOLDER);
        this.method = method;
        this.target = target;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getPath() {
        return target;
    }

    /** None: the query is part of the target. */
    @Override
    public String getQuery() {
        return null;
    }

    /** None: cookies and authentication, which Jetty looks up by URI, are the client's own. */
    @Override
    public URI getURI() {
        return null;
    }

    /** Refused: the target is fixed. */
    @Override
    public Request path(String path) {
        throw new UnsupportedOperationException("the target is fixed: " + target);
    }
}
