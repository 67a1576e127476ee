package dev.weir.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * Where the web application and the files of {@code jetty-config} are: in the WAR, or in folders during development.
 *
 * @param webApplication the WAR, or a folder with {@code WEB-INF/web.xml}
 * @param jettyConfig a folder; within the WAR where it is null
 */
public record Installation(Path webApplication, Path jettyConfig) {
    private static final String JETTY_CONFIG_IN_WAR = "WEB-INF/jetty-config/";

    /** The WAR that {@code java -jar} was told to run; from classes, the project in the working directory. */
    public static Installation find() {
        String started = System.getProperty("java.class.path");
        return started.endsWith(".war")
                ? new Installation(Path.of(started).toAbsolutePath(), null)
                : project(Path.of(""));
    }

    /** A checkout, with the web application in {@code webapp}. */
    public static Installation project(Path folder) {
        return new Installation(
                folder.resolve("webapp").toAbsolutePath(),
                folder.resolve("jetty-config").toAbsolutePath());
    }

    private boolean isWar() {
        return jettyConfig == null;
    }

    Resource baseResource(ResourceFactory resources) {
        return isWar() ? resources.newJarFileResource(webApplication.toUri()) : resources.newResource(webApplication);
    }

    /** @param name below {@code jetty-config}, such as {@code etc/weir-http.xml} */
    Resource jettyConfig(ResourceFactory resources, String name) {
        Resource folder = isWar()
                ? resources.newJarFileResource(webApplication.toUri()).resolve(JETTY_CONFIG_IN_WAR)
                : resources.newResource(jettyConfig);
        return folder.resolve(name);
    }

    /** Of the WAR's manifest. */
    String version() {
        if (!isWar()) {
            return "in development";
        }
        try (JarFile war = new JarFile(webApplication.toFile())) {
            return war.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
