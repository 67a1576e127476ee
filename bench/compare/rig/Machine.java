import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a result has to name, or nobody could compare with it. */
final class Machine {
    private Machine() {}

    static Map<String, String> describe(Options options, List<Peer> peers) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "processor",
                Site.CORES + " × " + value("/proc/cpuinfo", "model name").orElse("unknown"));
        facts.put("memory", value("/proc/meminfo", "MemTotal").orElse("unknown"));
        facts.put(
                "system",
                value("/etc/os-release", "PRETTY_NAME").orElse("Linux").replace("\"", "") + ", Linux "
                        + System.getProperty("os.version"));
        facts.put(
                "JDK of the peers",
                Command.firstLine(List.of(options.java.resolve("bin/java").toString(), "--version"))
                        .orElse("unknown"));
        facts.put("heap", options.heap.equals("default") ? "the JVM's default" : "-Xmx" + options.heap);
        if (!options.jvmOptions.isEmpty()) {
            facts.put("options of the JVM peers", String.join(" ", options.jvmOptions));
        }
        if (!options.connector.isEmpty()) {
            facts.put("attributes of both Tomcats' connector", options.connector);
        }
        facts.put("descriptor limit", String.valueOf(Descriptors.limit()));
        for (Peer peer : peers) {
            facts.put(peer.name(), peer.version(options));
        }
        facts.put("upstream", new NginxPeer().version(options));
        List<String> generators = new ArrayList<>();
        generators.add(Command.firstLine(List.of("wrk", "-v")).orElse("no wrk").replaceAll(" \\[.*", ""));
        generators.add(Command.firstLine(List.of("h2load", "--version")).orElse("no h2load"));
        facts.put("load", String.join(", ", generators));
        return facts;
    }

    static String loadAverage() {
        try {
            String[] fields = Files.readString(Path.of("/proc/loadavg")).split(" ");
            return fields[0] + " " + fields[1] + " " + fields[2];
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static Optional<String> value(String file, String name) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.replaceFirst("^[^:=]*[:=]\\s*", "").strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
