package dev.weir.it;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A Tomcat distribution with a CATALINA_BASE of its own: one connector, one host, everything logged to the console. */
final class TomcatLaunch {
    private static final Pattern STARTED = Pattern.compile("Server startup in ");
    private static final Pattern CONNECTOR = Pattern.compile("Starting ProtocolHandler \\[\"http-nio2?-\\S*-(\\d+)\"]");
    /** The first line that tells of it has the cause; the last, that the context did not start. */
    private static final Pattern FAILED = Pattern.compile("Exception sending context initialized event"
            + "|Exception starting filter|Context \\[.*] startup failed|Error deploying web application");
    /** What Tomcat's own start script opens to it. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.rmi/sun.rmi.transport");

    private static final String SERVER = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Server port="-1">
              <Service name="Catalina">
                <Connector %s/>
                <Engine name="Catalina" defaultHost="localhost">
                  <Host name="localhost" appBase="webapps" autoDeploy="false">
                    <Valve className="org.apache.catalina.valves.ErrorReportValve" %s/>
                    %s
                  </Host>
                </Engine>
              </Service>
            </Server>
            """;
    private static final String LOGGING = """
            handlers = java.util.logging.ConsoleHandler
            .handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.formatter = org.apache.juli.OneLineFormatter
            """;

    /** Starts the names of settings that are not the connector's, but the host's valve's for error pages. */
    static final String ERROR_REPORT = "errorReport.";

    /** A setting that has the host believe {@code X-Forwarded-For}, whatever its value. */
    static final String REMOTE_IP = "remoteIp";

    private TomcatLaunch() {}

    static Launch prepare(String distribution, Deployment deployment, Path base) {
        String name = deployment.contextPath().isEmpty()
                ? "ROOT"
                : deployment.contextPath().substring(1);
        WebApp.deploy(deployment, Places.folder(base.resolve("webapps")), name);
        return server(distribution, deployment, base);
    }

    /** The server alone, with whatever is in its {@code webapps}. */
    static Launch server(String distribution, Deployment deployment, Path base) {
        Path home = Places.distribution(distribution);
        Places.copy(home.resolve("conf"), base.resolve("conf"));
        Places.write(
                base.resolve("conf/server.xml"),
                SERVER.formatted(
                        connector(deployment.homeSettings()),
                        errorReport(deployment.homeSettings()),
                        remoteIp(deployment.homeSettings())));
        Places.write(base.resolve("conf/logging.properties"), LOGGING);
        List<String> arguments = new ArrayList<>(WebApp.systemProperties(deployment));
        OPENED.forEach(opened -> arguments.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        arguments.addAll(List.of(
                "-Duser.language=en",
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + base,
                "-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-cp",
                home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start"));
        return new Launch(arguments, deployment.contextPath(), STARTED, CONNECTOR, FAILED);
    }

    private static String connector(Map<String, String> settings) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("protocol", "HTTP/1.1");
        attributes.put("address", "127.0.0.1");
        attributes.put("port", "0");
        attributes.putAll(settings);
        attributes.keySet().removeIf(name -> name.startsWith(ERROR_REPORT) || name.equals(REMOTE_IP));
        return attributes(attributes);
    }

    private static String errorReport(Map<String, String> settings) {
        Map<String, String> attributes = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith(ERROR_REPORT)) {
                attributes.put(name.substring(ERROR_REPORT.length()), value);
            }
        });
        return attributes(attributes);
    }

    private static String remoteIp(Map<String, String> settings) {
        return settings.containsKey(REMOTE_IP) ? "<Valve className=\"org.apache.catalina.valves.RemoteIpValve\"/>" : "";
    }

    private static String attributes(Map<String, String> attributes) {
        StringBuilder text = new StringBuilder();
        attributes.forEach((name, value) -> text.append(name)
                .append("=\"")
                .append(value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;"))
                .append("\" "));
        return text.toString();
    }
}
