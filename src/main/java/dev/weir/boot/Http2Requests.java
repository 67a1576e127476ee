package dev.weir.boot;

import java.util.EnumSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * Says an HTTP/2 request in the terms of HTTP/1.1, which the rest of Weir speaks with its upstreams: {@code Host} is what
 * {@code :authority} says (RFC 9113 §8.3.1), a body without a length is chunked, the scheme is that of the connection.
 *
 * <p>Refuses first what HTTP/1.1's parser would not let through, so that nobody can say in an HTTP/2 field what is another
 * message in HTTP/1.1 (RFC 9113 §10.3). Of fields, Jetty's HPACK decoder has checked the characters.
 *
 * <p>Threads: those of requests.
 */
final class Http2Requests implements HttpConfiguration.Customizer {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=%:\\[\\]-]+");
    /** Of a request target whatever HTTP/1.1's parser takes: no white space and no controls. */
    private static final Pattern TARGET = Pattern.compile("\\*|/[^\\x00-\\x20\\x7f]*");

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    /** RFC 9113 §8.2.2: a request that has one of them is malformed. */
    private static final Set<HttpHeader> OF_ANOTHER_VERSION = EnumSet.of(
            HttpHeader.CONNECTION,
            HttpHeader.KEEP_ALIVE,
            HttpHeader.PROXY_CONNECTION,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.UPGRADE);

    /** Methods whose request, where it has no body, says so in HTTP/1.1 (RFC 9110 §8.6: SHOULD). */
    private static final Set<String> OF_CONTENT = Set.of("POST", "PUT", "PATCH");

    /** What a field takes beside its name and value in HTTP/1.1. */
    private static final int FIELD_BYTES = ": \r\n".length();

    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            return request;
        }
        HttpURI uri = request.getHttpURI();
        check(request, uri);
        boolean secure = request.getConnectionMetaData().isSecure();
        HttpURI actual = HttpURI.build(uri)
                .scheme(secure ? HttpScheme.HTTPS : HttpScheme.HTTP)
                .asImmutable();
        HttpFields fields = fields(request, uri.getAuthority());
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return fields;
            }

            @Override
            public HttpURI getHttpURI() {
                return actual;
            }
        };
    }

    private static void check(Request request, HttpURI uri) {
        String target = uri.getPathQuery();
        int most = request.getConnectionMetaData().getHttpConfiguration().getRequestHeaderSize();
        if (!TOKEN.matcher(request.getMethod()).matches()) {
            throw bad("the method is no token");
        }
        if ("CONNECT".equals(request.getMethod())) {
            throw new HttpException.RuntimeException(HttpStatus.NOT_IMPLEMENTED_501, "CONNECT");
        }
        if (target == null || !TARGET.matcher(target).matches()) {
            throw bad("the path is none");
        }
        if (target.length() > most) {
            throw new HttpException.RuntimeException(HttpStatus.URI_TOO_LONG_414, "target");
        }
        int size = target.length();
        for (HttpField field : request.getHeaders()) {
            String value = field.getValue();
            size += field.getName().length() + (value == null ? 0 : value.length()) + FIELD_BYTES;
            if (field.getHeader() != null && OF_ANOTHER_VERSION.contains(field.getHeader())) {
                throw bad("a field of HTTP/1.1's connections");
            }
        }
        if (size > most) {
            throw new HttpException.RuntimeException(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431, "head");
        }
        checkAuthority(uri.getAuthority(), request.getHeaders());
        checkLength(request);
    }

    /** RFC 9113 §8.1.1: malformed; of a body that comes, Jetty counts the bytes. */
    private static void checkLength(Request request) {
        List<String> lengths = request.getHeaders().getValuesList(HttpHeader.CONTENT_LENGTH);
        if (lengths.size() > 1
                || lengths.stream().anyMatch(length -> !LENGTH.matcher(length).matches())) {
            throw bad("Content-Length is no length");
        }
        if (!lengths.isEmpty() && isBodiless(request) && Long.parseLong(lengths.get(0)) > 0) {
            throw bad("a length, and no body");
        }
    }

    /** The two names of whom is asked must not differ: who reads the one would be led to where the other does not. */
    private static void checkAuthority(String authority, HttpFields fields) {
        if (fields.getValuesList(HttpHeader.HOST).size() > 1) {
            throw bad("two Host fields");
        }
        String host = fields.get(HttpHeader.HOST);
        String asked = authority != null ? authority : host;
        if (asked == null || !AUTHORITY.matcher(asked).matches()) {
            throw bad("neither :authority nor Host is a host");
        }
        if (host != null && !host.equalsIgnoreCase(asked)) {
            throw bad(":authority and Host differ");
        }
    }

    private static HttpException.RuntimeException bad(String reason) {
        return new HttpException.RuntimeException(HttpStatus.BAD_REQUEST_400, reason);
    }

    private static HttpFields fields(Request request, String authority) {
        HttpFields.Mutable fields = HttpFields.build(request.getHeaders());
        if (authority != null && !fields.contains(HttpHeader.HOST)) {
            ListIterator<HttpField> start = fields.listIterator();
            start.add(new HttpField(HttpHeader.HOST, authority));
        }
        if (!fields.contains(HttpHeader.CONTENT_LENGTH)) {
            if (!isBodiless(request)) {
                fields.add(HttpHeader.TRANSFER_ENCODING, "chunked");
            } else if (OF_CONTENT.contains(request.getMethod())) {
                fields.add(HttpHeader.CONTENT_LENGTH, "0");
            }
        }
        return fields.asImmutable();
    }

    private static boolean isBodiless(Request request) {
        if (request.getConnectionMetaData() instanceof HTTP2ServerConnection connection) {
            Stream stream = connection.getSession().getStream(Integer.parseInt(request.getId()));
            return stream == null || stream.getAttribute(Http2.BODILESS) != null; // none: it was reset meanwhile
        }
        return true;
    }
}
