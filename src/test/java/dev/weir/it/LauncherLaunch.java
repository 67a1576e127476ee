package dev.weir.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** {@code java -jar weir.war}, as the contract has it. */
final class LauncherLaunch {
    private static final Pattern LISTENING = Pattern.compile("listening on https?://[^\\s/]+:(\\d+)");

    private LauncherLaunch() {}

    static Launch prepare(Deployment deployment, Path base) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("-jar", Places.war().toString()));
        if (!deployment.homeSettings().containsKey("port")) {
            arguments.addAll(List.of("--port", "0"));
        }
        for (RouteSpec route : deployment.routes()) {
            arguments.addAll(List.of("--route", route.prefix() + "=" + route.proxyTo()));
            route.params().forEach((name, value) -> set(arguments, route.prefix() + "." + name, value));
        }
        deployment.shared().forEach((name, value) -> set(arguments, name, value));
        deployment.homeSettings().forEach((name, value) -> {
            arguments.add("--" + name);
            if (!value.isEmpty()) {
                arguments.add(value);
            }
        });
        return new Launch(arguments, "", LISTENING, LISTENING, Launch.NEVER);
    }

    private static void set(List<String> arguments, String name, String value) {
        arguments.addAll(List.of("--set", name + "=" + value));
    }
}
