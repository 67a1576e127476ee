package dev.weir.exchange;

import dev.weir.config.RouteConfiguration;
import dev.weir.config.UpstreamUrl;
import java.time.Duration;

/** Reports of requests that never were, with a clock that is moved by hand. */
public final class Told {
    private long nanos;
    private final Report report;

    /** @param route null where none claims it */
    public Told(RouteConfiguration route, String method) {
        report = new Report(route, method, "/a", () -> nanos);
    }

    /** Time passes. */
    public Told after(Duration time) {
        nanos += time.toNanos();
        return this;
    }

    public Told leadsTo(String url) {
        report.leadsTo(UpstreamUrl.parse(url));
        return this;
    }

    public Told opening() {
        report.opening();
        return this;
    }

    public Told sending() {
        report.sending();
        return this;
    }

    public Told retried() {
        report.retried();
        return this;
    }

    public Told answered(int status) {
        report.answered(status);
        return this;
    }

    public Told bytes(int received, int sent) {
        report.received(received);
        report.sent(sent);
        return this;
    }

    public Told upstreamEnded() {
        report.upstreamEnded();
        return this;
    }

    /** It is over. */
    public Report ended(Outcome outcome) {
        report.conclude(outcome, null);
        report.end();
        return report;
    }
}
