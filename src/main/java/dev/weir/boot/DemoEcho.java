package dev.weir.boot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code /echo}: answers with the method and the head of the request in fields named {@code Echo-*}, and with its body,
 * streamed, byte for byte. A request without a body gets its head as text instead.
 */
final class DemoEcho extends Handler.Abstract.NonBlocking {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        HttpFields fields = request.getHeaders();
        response.getHeaders().put("Echo-Method", request.getMethod());
        response.getHeaders().put("Echo-Target", request.getHttpURI().getPathQuery());
        fields.forEach(field -> response.getHeaders().add("Echo-" + field.getName(), String.valueOf(field.getValue())));
        if (fields.contains(HttpHeader.CONTENT_LENGTH) || fields.contains(HttpHeader.TRANSFER_ENCODING)) {
            String type = fields.get(HttpHeader.CONTENT_TYPE);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type == null ? "application/octet-stream" : type);
            if (request.getLength() > 0) {
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, request.getLength());
            }
            Content.copy(request, response, callback);
        } else {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
            response.write(true, ByteBuffer.wrap(head(request).getBytes(StandardCharsets.UTF_8)), callback);
        }
        return true;
    }

    private static String head(Request request) {
        StringBuilder head = new StringBuilder(
                request.getMethod() + " " + request.getHttpURI().getPathQuery() + "\n");
        for (HttpField field : request.getHeaders()) {
            head.append(field.getName()).append(": ").append(field.getValue()).append('\n');
        }
        return head.toString();
    }
}
