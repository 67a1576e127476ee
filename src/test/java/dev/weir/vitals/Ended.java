package dev.weir.vitals;

import dev.weir.config.Configuration;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.ServletDeclaration;
import dev.weir.config.Sources;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Report;
import java.util.List;
import java.util.Map;

/** Reports of requests that are over, as tests need them. */
final class Ended {
    /** One route, {@code /proxy/}, with an upstream. */
    static final Configuration CONFIGURATION = configuration(Map.of("proxyTo", "http://127.0.0.1:9"));

    static final RouteConfiguration ROUTE = CONFIGURATION.routes().get(0);

    private Ended() {}

    static Configuration configuration(Map<String, String> initParams) {
        return Configuration.read(new Sources(
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(new ServletDeclaration(
                        "proxy", "dev.weir.proxy.BoundedProxyServlet", List.of("/proxy/*"), initParams))));
    }

    /** One that took so long and ended so. */
    static Report after(long millis, Outcome outcome) {
        return after(millis, outcome, "/proxy/a");
    }

    static Report after(long millis, Outcome outcome, String path) {
        ManualClock clock = new ManualClock();
        Report report = new Report(ROUTE, "GET", path, clock);
        clock.pass(millis);
        report.conclude(outcome, outcome == Outcome.OK ? null : "It is " + outcome.label() + ".");
        report.end();
        return report;
    }
}
