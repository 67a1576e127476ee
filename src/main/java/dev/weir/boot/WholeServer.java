package dev.weir.boot;

import dev.weir.exchange.Refusal;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers {@code OPTIONS *}, which is for the server and for no path of it (RFC 9110 §9.3.7). */
final class WholeServer extends Handler.Wrapper {
    WholeServer(Handler paths) {
        super(paths);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        // Jetty's parser takes the target with no other method.
        if (!"*".equals(request.getHttpURI().getPath())) {
            return super.handle(request, response, callback);
        }
        response.getHeaders().put(HttpHeader.ALLOW, Refusal.ALLOWED_METHODS);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, 0);
        Content.Sink.write(response, true, "", callback);
        return true;
    }
}
