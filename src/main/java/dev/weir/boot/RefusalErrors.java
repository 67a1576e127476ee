package dev.weir.boot;

import dev.weir.exchange.ClientRequest;
import dev.weir.exchange.Clock;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Refusal;
import dev.weir.exchange.Report;
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
        int bytes = write(refusal, context, request, response, callback);
        report(request, refusal, bytes);
        return true;
    }

    /** Answers in the place of any application, and says with how many bytes. */
    static int write(Refusal refusal, ServletContext context, Request request, Response response, Callback callback) {
        boolean json = Refusal.prefersJson(request.getHeaders().get(HttpHeader.ACCEPT));
        byte[] body = refusal.body(json, context);
        response.setStatus(refusal.status());
        refusal.fields(json).forEach(response.getHeaders()::put);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        ByteBuffer sent = ByteBuffer.wrap(body, 0, "HEAD".equals(request.getMethod()) ? 0 : body.length);
        int bytes = sent.remaining();
        response.write(true, sent, callback);
        return bytes;
    }

    /** Not what failed behind an exchange, whose own report tells. */
    private void report(Request request, Refusal refusal, int bytes) {
        if (request.getAttribute(Exchange.class.getName()) != null) {
            return;
        }
        String path = String.valueOf(request.getHttpURI().getPath());
        Report report = new Report(null, String.valueOf(request.getMethod()), path, Clock.SYSTEM);
        Vitals.of(context).ifPresent(vitals -> vitals.refused(report, refusal, bytes, () -> clientRequest(request)));
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
