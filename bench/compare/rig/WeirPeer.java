import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;

/** Weir's launcher as it is shipped: every filter, bound, timer and figure on. */
final class WeirPeer implements Peer {
    private static final int HASH_LETTERS = 12;

    @Override
    public String name() {
        return "weir";
    }

    @Override
    public boolean jvm() {
        return true;
    }

    @Override
    public boolean does(Workload workload) {
        return true;
    }

    @Override
    public Optional<String> missing(Options options) {
        return Files.isRegularFile(options.war)
                ? Optional.empty()
                : Optional.of("no " + options.war + "; build it with mvn -q package -DskipTests");
    }

    @Override
    public String version(Options options) {
        return versionOf(options);
    }

    /** With a part of the WAR's hash, for what was measured may not be what the sources beside it are. */
    static String versionOf(Options options) {
        String commit = Command.firstLine(
                        List.of("git", "-C", options.repository.toString(), "describe", "--always", "--dirty"))
                .orElse("unknown");
        try (JarFile war = new JarFile(options.war.toFile())) {
            String version = war.getManifest().getMainAttributes().getValue("Implementation-Version");
            String hash = Bodies.hash(Files.readAllBytes(options.war)).substring(0, HASH_LETTERS);
            return "Weir " + (version == null ? "" : version + " ") + "(WAR " + hash + ", sources " + commit + ")";
        } catch (IOException e) {
            return "Weir (sources " + commit + ")";
        }
    }

    @Override
    public List<String> command(Site site) {
        List<String> command = site.jvm();
        command.addAll(List.of("-jar", site.options().war.toString()));
        command.addAll(List.of("--port", String.valueOf(site.port()), "--host", "127.0.0.1"));
        command.addAll(List.of("--route", "/proxy=" + site.upstream() + "/proxy"));
        if (site.workload().needsManyUpstreamConnections()) {
            command.addAll(List.of("--set", manyConnections(site)));
        }
        if (site.workload().upstreamConnections() > Workload.USUAL_CONNECTIONS) {
            // As many a second, where some hundreds would make the first seconds of a point one of opening sockets.
            command.addAll(List.of("--set", "connectRate=" + site.workload().upstreamConnections()));
        }
        for (int number = 0; number < site.origins().count(); number++) {
            int port = site.origins().port(number);
            command.addAll(List.of("--route", "/d" + number + "=http://127.0.0.1:" + port + "/proxy"));
        }
        return command;
    }

    /** To one destination, where 256 would make a thousand clients wait in turns; the rivals are allowed as many. */
    static String manyConnections(Site site) {
        return "maxConnections=" + site.workload().upstreamConnections();
    }
}
