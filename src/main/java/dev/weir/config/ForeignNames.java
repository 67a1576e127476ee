package dev.weir.config;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The init-params of Jetty's ProxyServlet family and of smiley's HTTP-Proxy-Servlet that are not ours: each is
 * translated, ignored with a note, or refused with what to write instead. Names that mean the same here ({@code
 * proxyTo}, {@code timeout}, {@code preserveHost} and more) are ours already and need no line; names that are shared
 * here, such as {@code idleTimeout}, are refused by {@link UnknownNames}, which names the context-param.
 */
final class ForeignNames {
    @FunctionalInterface
    private interface Treatment {
        void apply(Translation servlet, String name, String text);
    }

    private static final String BALANCER_MEMBER = "balancerMember.";
    private static final Treatment ONE_UPSTREAM = (servlet, name, text) ->
            servlet.refuse(name, text, "proxyTo with one upstream instead: a route has no balancer");

    private static final Map<String, Treatment> TREATMENTS = Map.ofEntries(
            entry("targetUri", ForeignNames::targetUri),
            entry("forwardip", translated(RouteParameters.FORWARDED)),
            entry("proxyPassReverse", translated(RouteParameters.REWRITE)),
            // The name misleads: smiley's servlet hands it to the client as its connect timeout.
            entry("http.socket.timeout", unlessMinusOne((servlet, name, text) -> servlet.connectTimeout(name, text))),
            entry(
                    "http.read.timeout",
                    unlessMinusOne(
                            translated(RouteParameters.RESPONSE_TIMEOUT, RouteParameters.EXCHANGE_IDLE_TIMEOUT))),
            entry("http.maxConnections", unlessMinusOne(translated(RouteParameters.MAX_CONNECTIONS))),
            entry("whiteList", (servlet, name, text) -> servlet.hostList(name, text, true)),
            entry("blackList", (servlet, name, text) -> servlet.hostList(name, text, false)),
            entry("maxThreads", ignored("no thread waits for an upstream")),
            entry("selectors", ignored("the number of selectors follows from the processors")),
            entry("log", ignored("what is logged is the log configuration's to say")),
            entry("http.connectionrequest.timeout", ignored("how many wait for a socket is bounded by maxQueued")),
            entry("preserveCookies", ignored("the names of cookies are always kept")),
            entry("preserveCookiePath", onlyFalse("rewrite does the same", "false, or rewrite=false instead")),
            entry("handleCompression", onlyFalse("bodies pass as they came", "false: bodies pass as they came")),
            entry(
                    "http.protocol.handle-redirects",
                    onlyFalse("redirects go to the client", "false: redirects go to the client")),
            entry(
                    "useSystemProperties",
                    onlyFalse("no system proxy is followed", "false: no system proxy is ever followed")),
            entry("stickySessions", ONE_UPSTREAM));

    private ForeignNames() {}

    static boolean has(String name) {
        return TREATMENTS.containsKey(name) || name.startsWith(BALANCER_MEMBER);
    }

    /** Whether a servlet is one of the other proxies', whose code would run instead of ours. */
    static boolean isForeignClass(String className) {
        return className != null
                && (className.matches("org\\.eclipse\\.jetty\\..*(?i:proxy).*")
                        || className.startsWith("org.mitre.dsmiley.httpproxy."));
    }

    static Translation translate(ServletDeclaration servlet, Findings findings) {
        if (isForeignClass(servlet.className())) {
            findings.problem(
                    "class of servlet " + servlet.name(), servlet.className(), "dev.weir.proxy.BoundedProxyServlet");
        }
        Translation translation = new Translation(servlet, findings);
        new TreeMap<>(servlet.initParams()).forEach((name, text) -> {
            if (has(name)) {
                TREATMENTS.getOrDefault(name, ONE_UPSTREAM).apply(translation, name, text.strip());
            }
        });
        return translation;
    }

    /** Smiley's placeholders take parameters of the query. */
    private static void targetUri(Translation servlet, String name, String text) {
        if (text.contains("{")) {
            servlet.refuse(name, text, "proxyTo instead, whose placeholders take segments of the path");
        } else {
            translated(RouteParameters.PROXY_TO).apply(servlet, name, text);
        }
    }

    private static Treatment translated(Parameter<?>... parameters) {
        return (servlet, name, text) -> List.of(parameters).forEach(ours -> servlet.route(name, text, ours));
    }

    /** In smiley's servlet, -1 is the default of every number. */
    private static Treatment unlessMinusOne(Treatment treatment) {
        return (servlet, name, text) -> {
            if (text.equals("-1")) {
                servlet.note(name, "ignored, for -1 keeps the default");
            } else {
                treatment.apply(servlet, name, text);
            }
        };
    }

    private static Treatment ignored(String reason) {
        return (servlet, name, text) -> servlet.note(name, "ignored, for " + reason);
    }

    private static Treatment onlyFalse(String reason, String expected) {
        return (servlet, name, text) -> {
            if (text.equalsIgnoreCase("false")) {
                servlet.note(name, "ignored, for " + reason);
            } else {
                servlet.refuse(name, text, expected);
            }
        };
    }
}
