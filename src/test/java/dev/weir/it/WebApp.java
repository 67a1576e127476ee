package dev.weir.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The WAR in a container's folder of applications. */
final class WebApp {
    private WebApp() {}

    /**
     * Puts the WAR there under this name: unpacked and with an edited {@code web.xml} where there are routes, untouched
     * otherwise.
     */
    static void deploy(Deployment deployment, Path webapps, String name) {
        try {
            if (deployment.routes().isEmpty()) {
                Files.copy(Places.war(), webapps.resolve(name + ".war"));
                return;
            }
            Path folder = webapps.resolve(name);
            unpack(folder);
            Path webXml = folder.resolve("WEB-INF/web.xml");
            Descriptor descriptor = Descriptor.read(webXml);
            descriptor.replaceRoutes(deployment.routes());
            descriptor.setShared(deployment.shared());
            descriptor.write(webXml);
        } catch (IOException e) {
            throw new UncheckedIOException("deploying " + Places.war(), e);
        }
    }

    /** What an untouched WAR needs on the command line in the place of context-params. */
    static List<String> systemProperties(Deployment deployment) {
        List<String> properties = new ArrayList<>();
        if (deployment.routes().isEmpty()) {
            deployment.shared().forEach((name, value) -> properties.add("-Dweir." + name + "=" + value));
        }
        return properties;
    }

    private static void unpack(Path folder) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(Places.war()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
    }
}
