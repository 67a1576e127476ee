package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.weir.config.Configuration;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Origin;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import jakarta.servlet.http.HttpServlet;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.tools.ToolProvider;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads from the context of a real container; its servlets are only declared, never run. */
class DeclaredConfigurationTest {
    @TempDir
    private Path classes;

    private final ServletContextHandler context = new ServletContextHandler("/app");

    @BeforeEach
    void givesTheApplicationClassesOfItsOwn() throws IOException {
        compile("dev.weir.proxy", "BoundedProxyServlet", HttpServlet.class.getName());
        compile("org.example", "Ours", "dev.weir.proxy.BoundedProxyServlet");
        compile("org.example", "Other", HttpServlet.class.getName());
        context.setClassLoader(new Application(classes));
    }

    private void compile(String folder, String name, String parent) throws IOException {
        Path file = Files.createDirectories(classes.resolve(folder.replace('.', '/')))
                .resolve(name + ".java");
        Files.writeString(file, "package %s; public class %s extends %s {}".formatted(folder, name, parent));
        String servletApi = HttpServlet.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", servletApi + File.pathSeparator + classes, file.toString());
        assertThat(status).isZero();
    }

    /** Its own classes first, as in a web application: the servlets are stand-ins for whatever else has their name. */
    private static final class Application extends URLClassLoader {
        Application(Path classes) throws IOException {
            super(new URL[] {classes.toUri().toURL()}, HttpServlet.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            boolean own = name.startsWith("dev.weir.proxy.") || name.startsWith("org.example.");
            Class<?> loaded = own ? findLoadedClass(name) : super.loadClass(name, resolve);
            return loaded == null ? findClass(name) : loaded;
        }
    }

    private void declare(String name, String className, String mapping, String... initParams) {
        ServletHolder servlet = new ServletHolder();
        servlet.setName(name);
        servlet.setClassName(className);
        for (int i = 0; i < initParams.length; i += 2) {
            servlet.setInitParameter(initParams[i], initParams[i + 1]);
        }
        context.addServlet(servlet, mapping);
    }

    private Configuration read() {
        return Configuration.read(context.getServletContext());
    }

    @Test
    void onlyServletsThatAreOursAreRoutes() {
        declare("proxy", Given.OURS, "/proxy/*", "proxyTo", "http://h:9");
        declare("own", "org.example.Ours", "/own/*");
        declare("other", "org.example.Other", "*.other", "anything", "goes");
        declare("gone", "org.example.Gone", "/gone");
        Configuration configuration = read();
        assertThat(configuration.routes())
                .extracting(RouteConfiguration::servletName, RouteConfiguration::prefix)
                .containsExactly(tuple("own", "/own"), tuple("proxy", "/proxy"));
        assertThat(configuration
                        .route("proxy")
                        .orElseThrow()
                        .values()
                        .setting(RouteParameters.PROXY_TO)
                        .where())
                .isEqualTo("init-param proxyTo of servlet proxy");
    }

    @Test
    void aServletOfAnotherProxyIsReportedWithoutBeingLoaded() {
        declare("solr", "org.mitre.dsmiley.httpproxy.ProxyServlet", "/solr/*", "targetUri", "http://h");
        assertThatThrownBy(this::read)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("class of servlet solr: org.mitre.dsmiley.httpproxy.ProxyServlet (expected:"
                        + " dev.weir.proxy.BoundedProxyServlet)");
    }

    @Test
    void contextParamsAreShared() {
        context.setInitParameter("weir.maxHops", "3");
        context.setInitParameter("not.ours", "3");
        assertThat(read().shared().get(SharedParameters.MAX_HOPS)).isEqualTo(3);
    }

    @Test
    void theLauncherPassesItsCommandLineInAnAttribute() {
        context.getServletContext().setAttribute(Configuration.COMMAND_LINE, Map.of("maxHops", "4"));
        assertThat(read().shared().setting(SharedParameters.MAX_HOPS))
                .extracting("value", "origin")
                .containsExactly(4, Origin.COMMAND_LINE);
    }

    @Test
    void systemPropertiesAreThoseOfThisProcess() {
        System.setProperty("weir.maxHops", "5");
        try {
            assertThat(read().shared().setting(SharedParameters.MAX_HOPS))
                    .extracting("value", "origin")
                    .containsExactly(5, Origin.SYSTEM_PROPERTY);
        } finally {
            System.clearProperty("weir.maxHops");
        }
    }
}
