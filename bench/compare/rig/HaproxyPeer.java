import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Debian's HAProxy, with a thread for each core and free reuse of upstream connections. */
final class HaproxyPeer implements Peer {
    private static final String CONFIGURATION = """
            global
                nbthread %d
            defaults
                mode http
                option http-keep-alive
                timeout connect 10s
                timeout client 75s
                timeout server 75s
                timeout http-keep-alive 75s
            frontend in
                bind 127.0.0.1:%d backlog 1024
                maxconn %d
                default_backend up
            backend up
                http-reuse always
                server up 127.0.0.1:%d
            """;

    @Override
    public String name() {
        return "haproxy";
    }

    @Override
    public boolean jvm() {
        return false;
    }

    @Override
    public Optional<String> missing(Options options) {
        return Command.find("haproxy").isPresent() ? Optional.empty() : Optional.of("apt-get install haproxy");
    }

    @Override
    public String version(Options options) {
        return program()
                .flatMap(haproxy -> Command.firstLine(List.of(haproxy, "-v")))
                .map(line -> line.replaceAll("(?i)haproxy version (\\d+\\.\\d+\\.\\d+).*", "HAProxy $1"))
                .orElse("HAProxy");
    }

    @Override
    public List<String> command(Site site) throws IOException {
        int clients = Descriptors.idleClients(10_000) + 1_000;
        Path file = Files.writeString(
                site.folder().resolve("haproxy.cfg"),
                CONFIGURATION.formatted(Site.CORES, site.port(), clients, site.upstreamPort()));
        return List.of(program().orElseThrow(), "-db", "-f", file.toString());
    }

    private static Optional<String> program() {
        return Command.find("haproxy").map(Path::toString);
    }
}
