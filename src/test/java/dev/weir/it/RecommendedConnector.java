package dev.weir.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What has to be set in Tomcat's {@code server.xml} for it to hand on what clients send and to tell nothing of itself:
 * read from the README, so that what is tested is what is told. Jetty's is in {@code jetty-config}, the launcher's in the
 * launcher.
 */
final class RecommendedConnector {
    private static final Pattern CONNECTOR = Pattern.compile("<Connector (.*?)/>", Pattern.DOTALL);
    private static final Pattern ERROR_REPORT = Pattern.compile("<Valve className=\"[^\"]*ErrorReportValve\" (.*?)/>");
    private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private RecommendedConnector() {}

    static Deployment of(Home home, Deployment deployment) {
        if (home == Home.LAUNCHER || home == Home.JETTY) {
            return deployment;
        }
        String readme = readme();
        Deployment recommended = with(deployment, readme, CONNECTOR, "");
        recommended = with(recommended, readme, ERROR_REPORT, TomcatLaunch.ERROR_REPORT);
        // For the one route of the suite that lets TRACE pass.
        return recommended.homeSetting("allowTrace", "true");
    }

    private static Deployment with(Deployment deployment, String readme, Pattern element, String prefix) {
        Matcher found = element.matcher(readme);
        if (!found.find()) {
            throw new AssertionError("README.md has no " + element);
        }
        Deployment changed = deployment;
        Matcher attribute = ATTRIBUTE.matcher(found.group(1));
        while (attribute.find()) {
            if (!attribute.group(1).matches("port|protocol")) {
                String value = attribute.group(2).replace("&quot;", "\"").replace("&lt;", "<");
                changed = changed.homeSetting(prefix + attribute.group(1), value.replace("&gt;", ">"));
            }
        }
        return changed;
    }

    /** What the README's table says for a descriptor limit. */
    static int maxConnections(int descriptorLimit) {
        Matcher row = Pattern.compile("\\| " + descriptorLimit + " \\|.*\\| (\\d+) \\|\n")
                .matcher(readme());
        if (!row.find()) {
            throw new AssertionError("README.md has no row for a limit of " + descriptorLimit);
        }
        return Integer.parseInt(row.group(1));
    }

    private static String readme() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
