import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A load of so many seconds: wrk, or h2load for HTTP/2. */
final class Load {
    private static final String SCRIPT = """
            %s
            function done(summary, latency, requests)
                local e = summary.errors
                io.write(string.format(
                    "RESULT %%d requests %%d us %%d bytes, p50 %%d p99 %%d, connect %%d read %%d write %%d status %%d timeout %%d\\n",
                    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
                    e.connect, e.read, e.write, e.status, e.timeout))
            end
            """;
    private static final String POST = """
            wrk.method = "POST"
            wrk.body = string.rep("0123456789abcdef", %d)
            wrk.headers["Content-Type"] = "application/octet-stream"
            """;
    private static final String CLOSE = "wrk.headers['Connection'] = 'close'";
    /** Each of wrk's threads begins somewhere else and asks one destination after the other. */
    private static final String IN_TURNS = """
            local threads, requests, turn = 0, {}, 0
            function setup(thread)
                thread:set("begin", threads)
                threads = threads + 1
            end
            function init(args)
                for i = 0, %1$d - 1 do
                    requests[i] = wrk.format("GET", "/d" .. i .. "/%2$s")
                end
                turn = math.floor(begin * %1$d / %3$d)
            end
            function request()
                turn = (turn + 1) %% %1$d
                return requests[turn]
            end
            """;
    private static final Pattern RESULT = Pattern.compile(
            "RESULT (\\d+) requests (\\d+) us (\\d+) bytes, p50 (\\d+) p99 (\\d+), (connect \\d+ read \\d+ write \\d+ status \\d+ timeout \\d+)");
    private static final String NO_FAULTS = "connect 0 read 0 write 0 status 0 timeout 0";
    private static final int WRK_THREADS = 2;
    private static final int POST_BLOCK = 16;

    private final Workload workload;
    private final Path folder;

    Load(Workload workload, Path folder) {
        this.workload = workload;
        this.folder = folder;
    }

    Outcome run(int port, int seconds) throws IOException, InterruptedException {
        String url = "http://127.0.0.1:" + port + workload.path();
        return workload == Workload.W11 ? new Http2Load(folder).run(url, seconds) : wrk(url, seconds);
    }

    private Outcome wrk(String url, int seconds) throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("wrk.lua"), SCRIPT.formatted(requests()));
        List<String> command = List.of(
                Command.find("wrk").orElseThrow().toString(),
                "-t" + Math.min(WRK_THREADS, workload.clients),
                "-c" + workload.clients,
                "-d" + seconds + "s",
                "--timeout",
                "20s",
                "-s",
                script.toString(),
                url);
        String output = Command.output(command);
        Matcher result = RESULT.matcher(output);
        if (!result.find()) {
            throw new IOException("no result from wrk:\n" + output);
        }
        long requests = Long.parseLong(result.group(1));
        String faults =
                result.group(6).equals(NO_FAULTS) ? lost(requests, Long.parseLong(result.group(3))) : result.group(6);
        return new Outcome(
                requests,
                Long.parseLong(result.group(2)) / 1e6,
                Long.parseLong(result.group(4)),
                Long.parseLong(result.group(5)),
                faults);
    }

    private String requests() {
        if (workload.posts()) {
            return POST.formatted(Bodies.UPLOAD_BYTES / POST_BLOCK);
        }
        if (workload.destinations > 0) {
            return IN_TURNS.formatted(workload.destinations, workload.resource, WRK_THREADS);
        }
        return workload == Workload.W7 ? CLOSE : "";
    }

    /** wrk counts responses by their heads; that their bodies came as well shows in the bytes. */
    private String lost(long requests, long bytes) {
        long expected = workload.posts() ? requests : requests * Bodies.of(workload).length;
        if (requests == 0) {
            return "no response";
        }
        return bytes >= expected
                ? ""
                : String.format(Locale.ROOT, "%d bytes for %d responses, expected %d", bytes, requests, expected);
    }

    /**
     * What the load generator saw.
     *
     * @param faults empty where there were none
     */
    record Outcome(long requests, double seconds, long p50Micros, long p99Micros, String faults) {}
}
