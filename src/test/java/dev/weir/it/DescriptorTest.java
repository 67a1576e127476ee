package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web.xml that containers get is the shipped one, but for what a deployer would fill in. */
class DescriptorTest {
    @TempDir
    Path folder;

    private Path webXml;

    @BeforeEach
    void shipped() throws IOException {
        webXml = Files.writeString(folder.resolve("web.xml"), """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
                  <context-param><param-name>weir.maxHops</param-name><param-value>8</param-value></context-param>
                  <servlet>
                    <servlet-name>none</servlet-name><servlet-class>a.None</servlet-class>
                  </servlet>
                  <servlet>
                    <servlet-name>proxy</servlet-name>
                    <servlet-class>a.Proxy</servlet-class>
                    <async-supported>true</async-supported>
                  </servlet>
                  <servlet-mapping>
                    <servlet-name>proxy</servlet-name>
                    <url-pattern>/proxy/*</url-pattern>
                  </servlet-mapping>
                </web-app>
                """);
    }

    @Test
    void everyRouteIsACopyOfTheShippedOne() throws IOException {
        Descriptor descriptor = Descriptor.read(webXml);
        descriptor.replaceRoutes(List.of(
                RouteSpec.to("/a", URI.create("http://u:1/x?y&z")).with("timeout", "5s"),
                new RouteSpec("rest", "/", null, Map.of())));

        assertThat(written(descriptor))
                .contains("<servlet-name>none</servlet-name><servlet-class>a.None</servlet-class>")
                .contains("<servlet-name>a</servlet-name>" + "<servlet-class>a.Proxy</servlet-class>"
                        + "<init-param><param-name>timeout</param-name><param-value>5s</param-value></init-param>"
                        + "<init-param><param-name>proxyTo</param-name>"
                        + "<param-value>http://u:1/x?y&amp;z</param-value></init-param>"
                        + "<async-supported>true</async-supported>")
                .contains("<servlet-name>rest</servlet-name><servlet-class>a.Proxy</servlet-class>"
                        + "<async-supported>true</async-supported>")
                .contains("<servlet-name>a</servlet-name><url-pattern>/a/*</url-pattern>")
                .contains("<servlet-name>rest</servlet-name><url-pattern>/*</url-pattern>")
                .doesNotContain("<servlet-name>proxy</servlet-name>");
    }

    @Test
    void aSharedParameterReplacesTheShippedOne() throws IOException {
        Descriptor descriptor = Descriptor.read(webXml);
        descriptor.setShared(Map.of("maxHops", "3"));
        assertThat(written(descriptor))
                .contains("<param-name>weir.maxHops</param-name><param-value>3</param-value>")
                .doesNotContain("<param-value>8</param-value>");
    }

    @Test
    void aDescriptorWithoutTheShippedRouteIsAnError() throws IOException {
        Files.writeString(webXml, "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\"/>");
        assertThatThrownBy(() -> Descriptor.read(webXml).replaceRoutes(List.of()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("<servlet> named proxy");
    }

    private String written(Descriptor descriptor) throws IOException {
        Path file = folder.resolve("edited.xml");
        descriptor.write(file);
        return Files.readString(file).replaceAll(">\\s+<", "><");
    }
}
