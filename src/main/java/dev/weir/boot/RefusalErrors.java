package dev.weir.boot;

import dev.weir.exchange.Refusal;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Gives what the connector refuses before any servlet sees it, such as 400, 414, 431 and 505, the form of every refusal.
 * The connection closes behind it: where a request was not understood, nobody knows where the next one begins.
 */
final class RefusalErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = request.getAttribute(ERROR_EXCEPTION) instanceof HttpException refused
                ? refused.getCode()
                : response.getStatus();
        Refusal refusal = Refusal.ofStatus(status);
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        write(refusal, request, response, callback);
        return true;
    }

    /** Answers in the place of any application. */
    static void write(Refusal refusal, Request request, Response response, Callback callback) {
        boolean json = Refusal.prefersJson(request.getHeaders().get(HttpHeader.ACCEPT));
        byte[] body = refusal.body(json);
        response.setStatus(refusal.status());
        refusal.fields(json).forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean head = "HEAD".equals(request.getMethod());
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
    }
}
