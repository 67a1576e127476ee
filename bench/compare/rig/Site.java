import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a peer is to run.
 *
 * @param port to listen on, at 127.0.0.1
 * @param upstreamPort where it sends everything that is below {@code /proxy/}
 * @param origins where it sends what is below {@code /d0/}, {@code /d1/} and so on
 * @param folder its own, for its configuration and its log
 */
record Site(int port, int upstreamPort, Origins origins, Path folder, Workload workload, Options options) {
    static final int CORES = Runtime.getRuntime().availableProcessors();

    private static final String IDLE_HEAP = "256m";

    String upstream() {
        return "http://127.0.0.1:" + upstreamPort;
    }

    /** The command line of a JVM up to what it is to run. */
    List<String> jvm() {
        List<String> command = new ArrayList<>();
        command.add(options.java.resolve("bin/java").toString());
        if (workload == Workload.W10) {
            // The whole heap is resident from the start, so that growth beside it can be told from growth in it.
            command.addAll(List.of("-Xms" + IDLE_HEAP, "-Xmx" + IDLE_HEAP, "-XX:+UseG1GC", "-XX:+AlwaysPreTouch"));
        } else if (!options.heap.equals("default")) {
            command.add("-Xmx" + options.heap);
        }
        command.addAll(options.jvmOptions);
        return command;
    }
}
