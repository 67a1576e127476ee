package dev.weir.filter;

import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.MappingMatch;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A browser's GET that is asked again and again and allocates nothing itself, so that what is allocated is the asker's. What
 * the filters do not ask a request for, it does not answer.
 *
 * <p>Threads: one. An enumeration is used up before the next one of its name is asked for.
 */
final class BareRequest extends HttpServletRequestWrapper {
    private final HttpServletMapping mapping = new Mapping();
    private final Map<String, Again> fields = new HashMap<>();
    private final Again names;
    private final Map<String, Object> attributes = new HashMap<>();

    BareRequest(Map<String, String> fields) {
        super(silent(HttpServletRequest.class));
        fields.forEach((name, value) -> this.fields.put(name, new Again(List.of(value))));
        names = new Again(List.copyOf(fields.keySet()));
    }

    /** One that answers nothing. */
    static <T> T silent(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    throw new UnsupportedOperationException(called.getName());
                }));
    }

    /** An enumeration that starts anew. */
    private static final class Again implements Enumeration<String> {
        private final List<String> all;
        private int next;

        Again(List<String> all) {
            this.all = all;
        }

        Again fromTheStart() {
            next = 0;
            return this;
        }

        @Override
        public boolean hasMoreElements() {
            return next < all.size();
        }

        @Override
        public String nextElement() {
            return all.get(next++);
        }
    }

    private static final class Mapping implements HttpServletMapping {
        @Override
        public String getMatchValue() {
            return "";
        }

        @Override
        public String getPattern() {
            return "/proxy/*";
        }

        @Override
        public String getServletName() {
            return "proxy";
        }

        @Override
        public MappingMatch getMappingMatch() {
            return MappingMatch.PATH;
        }
    }

    @Override
    public HttpServletMapping getHttpServletMapping() {
        return mapping;
    }

    @Override
    public String getMethod() {
        return "GET";
    }

    @Override
    public String getRequestURI() {
        return "/proxy/articles/2024/how-a-weir-works.html";
    }

    @Override
    public String getQueryString() {
        return "lang=en&page=2";
    }

    @Override
    public String getProtocol() {
        return "HTTP/1.1";
    }

    @Override
    public String getScheme() {
        return "http";
    }

    @Override
    public String getContextPath() {
        return "";
    }

    @Override
    public String getRemoteAddr() {
        return "192.0.2.7";
    }

    @Override
    public String getLocalAddr() {
        return "192.0.2.1";
    }

    @Override
    public int getLocalPort() {
        return 8080;
    }

    @Override
    public String getHeader(String name) {
        Again values = fields.get(name);
        return values == null ? null : values.all.get(0);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        Again values = fields.get(name);
        return values == null ? Collections.emptyEnumeration() : values.fromTheStart();
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return names.fromTheStart();
    }

    @Override
    public Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }
}
