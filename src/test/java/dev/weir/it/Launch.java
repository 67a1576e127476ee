package dev.weir.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a home is started, and how it says that it has.
 *
 * @param arguments for {@code java}, after those of the deployment
 * @param contextPath under which the application answers
 * @param ready printed when the start is over, well or not
 * @param port has the port as its first group
 * @param failure printed where the application did not start although the home did
 */
record Launch(List<String> arguments, String contextPath, Pattern ready, Pattern port, Pattern failure) {
    /** Matches nothing: a home that ends when it fails. */
    static final Pattern NEVER = Pattern.compile("(?!)");

    /** Stops at the quick compiler: a home that serves a few requests is up in two thirds of the time. */
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    /** The whole command line. */
    List<String> command(Deployment deployment, Path base) {
        List<String> command = new ArrayList<>();
        if (deployment.descriptorLimit() > 0) {
            // exec keeps the process id: what is started is what is stopped.
            String limit = String.valueOf(deployment.descriptorLimit());
            command.addAll(List.of("sh", "-c", "ulimit -n \"$0\" && exec \"$@\"", limit));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + base.resolve("temp"));
        command.add(QUICK_COMPILER); // the deployment's own word comes later, and counts
        command.addAll(deployment.jvmArgs());
        deployment.systemProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(arguments);
        return command;
    }
}
