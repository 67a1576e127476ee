import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Debian's nginx, with a worker for each core, streaming both ways as the others do. */
final class NginxPeer implements Peer {
    private static final String CONFIGURATION = """
            %s
            http {
                %s
                keepalive_timeout 75s;
                upstream up {
                    server 127.0.0.1:%d;
                    keepalive %d;
                    keepalive_requests 1000000000;
                }
                %s
                server {
                    listen 127.0.0.1:%d backlog=1024;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_request_buffering off;
                    proxy_max_temp_file_size 0;
                    location / { proxy_pass http://up; }
                    %s
                }
            }
            """;
    private static final String ORIGIN =
            "upstream d{number} { server 127.0.0.1:{port}; keepalive 64; keepalive_requests 1000000000; }";
    private static final String ROUTE = "location /d{number}/ { proxy_pass http://d{number}/proxy/; }";

    @Override
    public String name() {
        return "nginx";
    }

    @Override
    public boolean jvm() {
        return false;
    }

    @Override
    public boolean does(Workload workload) {
        return workload != Workload.W11;
    }

    @Override
    public Optional<String> missing(Options options) {
        return Command.find("nginx").isPresent() ? Optional.empty() : Optional.of("apt-get install nginx");
    }

    @Override
    public String version(Options options) {
        return program()
                .flatMap(nginx -> Command.firstLine(List.of(nginx, "-v")))
                .map(line -> line.replace("nginx version: ", "").replace('/', ' '))
                .orElse("nginx");
    }

    @Override
    public List<String> command(Site site) throws IOException {
        return start(
                site.folder(),
                CONFIGURATION.formatted(
                        main(site.folder(), ""),
                        defaults(site.folder()),
                        site.upstreamPort(),
                        site.workload().upstreamConnections(),
                        site.origins().each(ORIGIN),
                        site.port(),
                        site.origins().each(ROUTE)));
    }

    private static Optional<String> program() {
        return Command.find("nginx").map(Path::toString);
    }

    static List<String> start(Path folder, String configuration) throws IOException {
        Path file = Files.writeString(folder.resolve("nginx.conf"), configuration);
        return List.of(
                program().orElseThrow(),
                "-c",
                file.toString(),
                "-e",
                folder.resolve("error.log").toString());
    }

    /** What stands before {@code http}, for this nginx and for the upstream's. */
    static String main(Path folder, String modules) {
        // As root its workers would be someone who may not read the folder.
        String user = System.getProperty("user.name").equals("root") ? "user root;\n" : "";
        return modules + user + "daemon off;\nworker_processes " + Site.CORES + ";\nworker_rlimit_nofile "
                + Descriptors.limit() + ";\npid " + folder.resolve("nginx.pid") + ";\nerror_log "
                + folder.resolve("error.log") + " warn;\nevents { worker_connections 16384; }";
    }

    /** What both have in {@code http}: no access log, no limit of requests to a connection, all files in its folder. */
    static String defaults(Path folder) {
        StringBuilder text = new StringBuilder("access_log off;\nkeepalive_requests 1000000000;\nsendfile on;\n");
        text.append("client_max_body_size 0;\n");
        for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
            text.append(kind).append("_temp_path ").append(folder.resolve(kind)).append(";\n");
        }
        return text.toString();
    }
}
