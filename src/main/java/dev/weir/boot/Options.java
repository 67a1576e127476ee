package dev.weir.boot;

import dev.weir.config.Problem;
import dev.weir.config.RouteParameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line says, read as far as it can be without the web application.
 *
 * @param routes they replace the shipped one; none: it stands
 * @param tls what to listen with for https; for http where there is nothing
 * @param settings by their name as written: {@code NAME}, {@code SERVLET.NAME} or {@code /PREFIX.NAME}
 * @param installation where the web application is
 * @param problems what was malformed; they are told with those of the configuration, and nothing starts
 */
public record Options(
        List<Route> routes,
        String host,
        int port,
        Optional<TlsFiles> tls,
        Map<String, String> settings,
        boolean demo,
        Installation installation,
        List<Problem> problems) {
    /** Where the demo's sample upstream is found. */
    static final String DEMO_PREFIX = "/proxy";

    /** Copies what it is given. */
    public Options {
        routes = List.copyOf(routes);
        settings = Map.copyOf(settings);
        problems = List.copyOf(problems);
    }

    /** Reads a command line: {@code Options.of("--route", "/proxy=http://localhost:9000", "--port", "0")}. */
    public static Options of(String... commandLine) {
        return Arguments.parse(commandLine).options();
    }

    static Options of(Arguments arguments) {
        List<Problem> problems = new ArrayList<>(arguments.problems());
        List<Route> routes = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        if (arguments.forwardProxy() != null) {
            add(routes, names, ForwardProxy.ROUTE); // first, so that no other route takes its servlet's name
        }
        if (arguments.demo()) {
            add(routes, names, new Route(Route.servletName(DEMO_PREFIX, names), DEMO_PREFIX, Optional.empty()));
        }
        for (String text : arguments.routes()) {
            Route.parse(text, names, problems).ifPresent(route -> add(routes, names, route));
        }
        List<String> texts = new ArrayList<>(arguments.settings());
        if (arguments.forwardProxy() != null) {
            texts.add(ForwardProxy.PREFIX + "." + RouteParameters.ALLOW + "=" + arguments.forwardProxy());
        }
        Map<String, String> settings = settings(texts, problems);
        int port = port(arguments.port(), problems);
        Optional<TlsFiles> tls = TlsFiles.of(arguments.tlsCertificate(), arguments.tlsKey(), problems);
        return new Options(
                routes, arguments.host(), port, tls, settings, arguments.demo(), Installation.find(), problems);
    }

    /** Whether other servers are reached through this one by whoever asks for them. */
    boolean isForwardProxy() {
        return routes.contains(ForwardProxy.ROUTE);
    }

    private static void add(List<Route> routes, Set<String> names, Route route) {
        routes.add(route);
        names.add(route.servletName());
    }

    private static Map<String, String> settings(List<String> texts, List<Problem> problems) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals <= 0) {
                problems.add(new Problem(
                        "--set", text, "NAME=VALUE or /PREFIX.NAME=VALUE, such as maxHops=4", Optional.empty()));
                continue;
            }
            String name = text.substring(0, equals).strip();
            String value = text.substring(equals + 1);
            if (settings.putIfAbsent(name, value) != null) {
                problems.add(new Problem("--set " + name, value, "one value for it", Optional.empty()));
            }
        }
        return settings;
    }

    private static int port(String text, List<Problem> problems) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
            return Integer.parseInt(text);
        }
        problems.add(
                new Problem("--port", text, "a whole number from 0 to 65535; 0 picks a free port", Optional.empty()));
        return 0;
    }

    /** The same with another web application: for a start from classes. */
    public Options from(Installation other) {
        return new Options(routes, host, port, tls, settings, demo, other, problems);
    }

    /** The same with the demo's route leading to the sample upstream, which has started. */
    Options withDemoAt(String upstream) {
        List<Route> all = new ArrayList<>(routes);
        all.replaceAll(route -> route.proxyTo().isPresent()
                ? route
                : new Route(route.servletName(), route.prefix(), Optional.of(upstream)));
        return new Options(all, host, port, tls, settings, demo, installation, problems);
    }
}
