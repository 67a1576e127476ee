package dev.weir.exchange;

import dev.weir.config.RouteConfiguration;
import dev.weir.config.UpstreamUrl;
import java.util.List;

/** Reports of requests that are over, with times that are known. */
public final class EndedReport {
    private static final RouteConfiguration ROUTE =
            new RouteConfiguration("proxy", List.of("/proxy/*"), "/proxy", null);

    private long nanos;

    private EndedReport() {}

    /** Of a request with a status that an upstream gave: 1 ms queued, 2 ms connecting, 40 µs to the head, 5 ms in all. */
    public static Report of(ClientRequest client, int status) {
        return of(client, status, Outcome.OK);
    }

    /** The same with an outcome. */
    public static Report of(ClientRequest client, int status, Outcome outcome) {
        EndedReport now = new EndedReport();
        Report report = new Report(ROUTE, client.method(), "/proxy/a", () -> now.nanos);
        report.keep(client);
        report.leadsTo(UpstreamUrl.parse("http://upstream.test:9000"));
        now.nanos = 1_000_000;
        report.opening();
        now.nanos = 3_000_000;
        report.sending();
        report.received(7);
        now.nanos = 3_040_900;
        report.answered(status);
        report.sent(12);
        now.nanos = 5_000_000;
        report.conclude(outcome, null);
        report.end();
        return report;
    }

    /** Of one that no route claims. */
    public static Report unclaimed(ClientRequest client, String method, String path) {
        Report report = new Report(null, method, path, () -> 0);
        if (client != null) {
            report.keep(client);
        }
        report.conclude(Refusal.ofStatus(404));
        report.end();
        return report;
    }
}
