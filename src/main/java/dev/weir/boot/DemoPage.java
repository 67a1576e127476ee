package dev.weir.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /}: a page that links and shows the others, by relative links, for it stands behind a prefix. */
final class DemoPage extends Handler.Abstract.NonBlocking {
    private final byte[] page = read();

    private static byte[] read() {
        try (InputStream page = DemoPage.class.getResourceAsStream("demo.html")) {
            return page.readAllBytes();
        } catch (IOException cause) {
            throw new IllegalStateException("The demo's page is not in this build", cause);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/html;charset=utf-8");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, page.length);
        response.write(true, ByteBuffer.wrap(page), callback);
        return true;
    }
}
