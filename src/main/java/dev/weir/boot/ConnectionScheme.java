package dev.weir.boot;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * The scheme of a request is that of its connection. Jetty takes it from the request line where that has one: whoever asks
 * for an {@code https} URL in clear text would pass for one who came by TLS, in {@code X-Forwarded-Proto} and all.
 *
 * <p>Threads: those of requests.
 */
final class ConnectionScheme implements HttpConfiguration.Customizer {
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        boolean secure = request.getConnectionMetaData().isSecure();
        if (request.isSecure() == secure) {
            return request;
        }
        HttpURI actual = HttpURI.build(request.getHttpURI())
                .scheme(secure ? HttpScheme.HTTPS : HttpScheme.HTTP)
                .asImmutable();
        return new Request.Wrapper(request) {
            @Override
            public HttpURI getHttpURI() {
                return actual;
            }

            @Override
            public boolean isSecure() {
                return secure;
            }
        };
    }
}
