import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A proxy of {@code bench/compare/peers}: a main class of a few lines over libraries from Maven Central. */
record JavaPeer(String name, String main, String library) implements Peer {
    @Override
    public boolean jvm() {
        return true;
    }

    @Override
    public boolean does(Workload workload) {
        return name.equals("jetty-core") && workload == Workload.W11 || Peer.super.does(workload);
    }

    @Override
    public Optional<String> missing(Options options) {
        return Libraries.missing(options);
    }

    @Override
    public String version(Options options) {
        try (Stream<Path> jars = Files.list(Libraries.folder(options))) {
            return jars.map(jar -> jar.getFileName().toString())
                    .filter(jar -> jar.matches(library + "-\\d.*\\.jar"))
                    .findFirst()
                    .map(jar -> jar.substring(0, jar.length() - ".jar".length()))
                    .orElse(library);
        } catch (IOException e) {
            return library;
        }
    }

    @Override
    public List<String> command(Site site) {
        List<String> command = site.jvm();
        command.addAll(List.of("-cp", Libraries.folder(site.options()) + "/*"));
        command.addAll(List.of("dev.weir.peers." + main, String.valueOf(site.port()), site.upstream()));
        int connections = site.workload().upstreamConnections();
        if (connections > Workload.USUAL_CONNECTIONS) {
            command.add(String.valueOf(connections));
        }
        return command;
    }
}
