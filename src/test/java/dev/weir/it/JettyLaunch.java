package dev.weir.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A Jetty distribution with the project's own {@code jetty-config} as its JETTY_BASE. */
final class JettyLaunch {
    private static final Pattern STARTED = Pattern.compile("Started \\S*\\bServer@");
    private static final Pattern CONNECTOR = Pattern.compile("Started \\S*ServerConnector@\\S+.*\\{[^{}]*:(\\d+)}");
    private static final Pattern FAILED = Pattern.compile("Failed startup of context");

    private JettyLaunch() {}

    static Launch prepare(Deployment deployment, Path base) {
        Places.copy(Places.jettyConfig(), base);
        // Without this folder Jetty would unpack the WAR outside of its base.
        Places.folder(base.resolve("work"));
        String name = deployment.contextPath().isEmpty()
                ? "root"
                : deployment.contextPath().substring(1);
        WebApp.deploy(deployment, Places.folder(base.resolve("webapps")), name);

        List<String> arguments = new ArrayList<>(WebApp.systemProperties(deployment));
        arguments.addAll(List.of(
                "-jar",
                Places.distribution("jetty-home-").resolve("start.jar").toString(),
                "jetty.base=" + base,
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=0"));
        deployment.homeSettings().forEach((setting, value) -> arguments.add(setting + "=" + value));
        return new Launch(arguments, deployment.contextPath(), STARTED, CONNECTOR, FAILED);
    }
}
