package dev.weir.boot;

import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Refusal;
import dev.weir.vitals.Vitals;
import jakarta.servlet.ServletContext;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
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
    private final ServletContext context;

    /** @param context of the web application, which knows the pages and the vitals when it has started */
    RefusalErrors(ServletContext context) {
        this.context = context;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = request.getAttribute(ERROR_EXCEPTION) instanceof HttpException refused
                ? refused.getCode()
                : response.getStatus();
        Refusal refusal = Refusal.ofStatus(status);
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        write(refusal, context, request, response, callback);
        report(request, refusal);
        return true;
    }

    /** Answers in the place of any application. */
    static void write(Refusal refusal, ServletContext context, Request request, Response response, Callback callback) {
        boolean json = Refusal.prefersJson(request.getHeaders().get(HttpHeader.ACCEPT));
        byte[] body = refusal.body(json, context);
        response.setStatus(refusal.status());
        refusal.fields(json).forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        boolean head = "HEAD".equals(request.getMethod());
        response.write(true, head ? null : ByteBuffer.wrap(body), callback);
    }

    /** Not what failed behind an exchange, whose own report tells. */
    private void report(Request request, Refusal refusal) {
        if (context.getAttribute(Vitals.class.getName()) instanceof Vitals vitals
                && request.getAttribute(Exchange.class.getName()) == null) {
            String path = request.getHttpURI().getPath();
            vitals.refused(
                    refusal, String.valueOf(request.getMethod()), String.valueOf(path), () -> clientRequest(request));
        }
    }

    private static ClientRequest clientRequest(Request request) {
        HttpFields fields = request.getHeaders();
        return new ClientRequest(
                Request.getRemoteAddr(request),
                Request.getRemotePort(request),
                null,
                request.getMethod(),
                request.getHttpURI().getScheme(),
                fields.get(HttpHeader.HOST),
                request.getHttpURI().getPathQuery(),
                request.getConnectionMetaData().getProtocol(),
                fields.get(HttpHeader.REFERER),
                fields.get(HttpHeader.USER_AGENT),
                fields.get("X-Request-Id"),
                fields.get("traceparent"));
    }
}
