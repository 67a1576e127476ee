package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.Problem;
import dev.weir.config.ProxyHeader;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import dev.weir.config.UpstreamProxy;
import dev.weir.config.UpstreamUrl;
import dev.weir.config.Values;
import dev.weir.limits.AutoLimits;
import dev.weir.limits.Descriptors;
import dev.weir.limits.ProcessDescriptors;
import dev.weir.upstream.UpstreamClient;
import java.io.PrintStream;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code --check}: everything that a start would find out, and whether the upstreams answer. It goes on behind a problem, so
 * that all of them are told; where the configuration itself is wrong nothing is tried.
 */
final class ConfigurationCheck {
    private static final int GOOD = 0;
    private static final int BAD = 2;
    private static final String INDENT = "    ";

    /** Enough for a client that opens no connection; what there really is, is told and not needed. */
    private static final AutoLimits ANY_LIMITS = new AutoLimits(Long.MAX_VALUE, 0, 64, 16, 16);

    private final Options options;
    private final PrintStream out;
    private final Map<Finding.Grade, Integer> counts = new EnumMap<>(Finding.Grade.class);

    private ConfigurationCheck(Options options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Prints what it finds.
     *
     * @return 0 where a start would succeed and every upstream was reached, otherwise 2
     * @throws StartFailedException where the configuration is wrong
     */
    static int run(Options options, PrintStream out) throws StartFailedException {
        if (!options.demo() || !options.problems().isEmpty()) {
            return new ConfigurationCheck(options, out).run();
        }
        try (DemoUpstream demo = DemoUpstream.start()) {
            return new ConfigurationCheck(options.withDemoAt(demo.uri().toString()), out).run();
        }
    }

    private int run() throws StartFailedException {
        List<Problem> problems = new ArrayList<>();
        Configuration configuration = read(problems);
        Values shared = configuration.shared();
        problems.forEach(problem -> print("", Finding.problem(problem.toString())));

        configuration.notes().forEach(note -> print("", Finding.warning(note)));
        out.println("descriptors");
        new DescriptorCheck(ProcessDescriptors.ofThisProcess(), shared)
                .findings()
                .forEach(finding -> print(INDENT, finding));
        try (UpstreamClient client = client(configuration);
                UpstreamCheck upstreams = new UpstreamCheck(
                        shared,
                        new TlsCheck(
                                client.jetty().getSslContextFactory(),
                                shared.get(SharedParameters.TLS_HANDSHAKE_TIMEOUT),
                                Instant.now()),
                        InetAddress::getAllByName)) {
            Optional<UpstreamUrl> proxy =
                    shared.get(SharedParameters.UPSTREAM_PROXY).map(UpstreamProxy::url);
            configuration.routes().forEach(route -> check(route, proxy, upstreams));
        }
        int wrong = count(Finding.Grade.PROBLEM);
        out.println("result: "
                + (wrong == 0 ? "good" : wrong == 1 ? "1 problem" : wrong + " problems")
                + (count(Finding.Grade.WARNING) == 0 ? "" : ", warnings: " + count(Finding.Grade.WARNING)));
        return wrong == 0 ? GOOD : BAD;
    }

    /** What speaks against a start alone is collected, for the upstreams can be tried all the same. */
    private Configuration read(List<Problem> problems) throws StartFailedException {
        StartRules rules = new StartRules(options);
        try {
            return Launcher.read(options, rules::problems);
        } catch (StartFailedException all) {
            Configuration configuration;
            try {
                configuration = Launcher.read(options, any -> List.of());
            } catch (StartFailedException invalid) {
                throw all;
            }
            problems.addAll(rules.problems(configuration));
            return configuration;
        }
    }

    private static UpstreamClient client(Configuration configuration) throws StartFailedException {
        try {
            Descriptors any = new Descriptors(ANY_LIMITS, ProcessDescriptors.ofThisProcess());
            return UpstreamClient.start(configuration, any, socket -> false);
        } catch (IllegalStateException wrong) {
            throw StartFailedException.misconfigured(wrong.getMessage(), wrong);
        }
    }

    private void check(RouteConfiguration route, Optional<UpstreamUrl> proxy, UpstreamCheck upstreams) {
        String leads = "route " + route.servletName() + ": " + route.prefix() + "/ leads to ";
        if (route.isOpen()) {
            out.println(leads + "whatever requests name within its allow, and is not tried");
            return;
        }
        Optional<UpstreamUrl> upstream = route.upstream();
        if (upstream.isEmpty()) {
            out.println(leads + "no upstream, and answers 503");
            return;
        }
        out.println(
                leads + upstream.get() + (proxy.isEmpty() ? "" : " through weir.upstreamProxy, which alone is tried"));
        boolean introduced = route.values().get(RouteParameters.PROXY_PROTOCOL) != ProxyHeader.NONE;
        upstreams.findings(proxy.orElse(upstream.get()), introduced).forEach(finding -> print(INDENT, finding));
    }

    private void print(String indent, Finding finding) {
        counts.merge(finding.grade(), 1, Integer::sum);
        out.println(indent + finding);
    }

    private int count(Finding.Grade grade) {
        return counts.getOrDefault(grade, 0);
    }
}
