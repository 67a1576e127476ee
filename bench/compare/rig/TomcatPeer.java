import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tomcat 11 with one web application, and a connector as for many keep-alive clients. */
record TomcatPeer(String name, boolean withWeir) implements Peer {
    private static final String SERVER = """
            <Server port="-1">
              <Service name="Catalina">
                <Connector address="127.0.0.1" port="%d" maxConnections="16384" acceptCount="1024"
                           maxKeepAliveRequests="-1" connectionTimeout="75000" %s/>
                <Engine name="Catalina" defaultHost="localhost">
                  <Host name="localhost" appBase="webapps"/>
                </Engine>
              </Service>
            </Server>
            """;
    private static final String STOCK = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.1" metadata-complete="true">
              <servlet>
                <servlet-name>proxy</servlet-name>
                <servlet-class>org.eclipse.jetty.ee11.proxy.AsyncProxyServlet$Transparent</servlet-class>
                <init-param><param-name>proxyTo</param-name><param-value>%s</param-value></init-param>
                <init-param><param-name>maxConnections</param-name><param-value>1024</param-value></init-param>
                <init-param><param-name>maxThreads</param-name><param-value>200</param-value></init-param>
                <load-on-startup>1</load-on-startup>
                <async-supported>true</async-supported>
              </servlet>
              <servlet-mapping><servlet-name>proxy</servlet-name><url-pattern>/*</url-pattern></servlet-mapping>
            </web-app>
            """;
    /** Of all the peers' jars those that the stock servlet needs. */
    private static final String STOCK_JARS =
            "(jetty-(ee11-proxy|client|http|io|util|alpn-client|compression-.*)|slf4j-.*)-\\d.*\\.jar";

    static TomcatPeer weir() {
        return new TomcatPeer("weir-tomcat", true);
    }

    static TomcatPeer stock() {
        return new TomcatPeer("stock-tomcat", false);
    }

    @Override
    public boolean jvm() {
        return true;
    }

    @Override
    public Optional<String> missing(Options options) {
        Optional<String> weir = withWeir ? new WeirPeer().missing(options) : Optional.empty();
        return weir.isPresent() ? weir : Libraries.missing(options);
    }

    @Override
    public String version(Options options) {
        try {
            String tomcat = Libraries.tomcat(options).getFileName().toString();
            return withWeir
                    ? WeirPeer.versionOf(options) + " on " + tomcat
                    : new JavaPeer("stock", "", "jetty-ee11-proxy").version(options) + " on " + tomcat;
        } catch (IOException e) {
            return "Tomcat";
        }
    }

    @Override
    public List<String> command(Site site) throws IOException {
        Path home = Libraries.tomcat(site.options());
        Path base = site.folder();
        Path application = Files.createDirectories(base.resolve("webapps"));
        Files.createDirectories(base.resolve("temp"));
        Path conf = Files.createDirectories(base.resolve("conf"));
        Files.copy(home.resolve("conf/web.xml"), conf.resolve("web.xml"));
        Files.writeString(conf.resolve("server.xml"), SERVER.formatted(site.port(), site.options().connector));
        List<String> command = site.jvm();
        if (withWeir) {
            Files.copy(site.options().war, application.resolve("ROOT.war"));
            command.add("-Dweir.proxy.proxyTo=" + site.upstream() + "/proxy");
            if (site.workload().needsManyUpstreamConnections()) {
                command.add("-Dweir.proxy." + WeirPeer.manyConnections(site));
            }
        } else {
            deployStock(site, application.resolve("ROOT/WEB-INF"));
        }
        command.addAll(List.of("-Dcatalina.home=" + home, "-Dcatalina.base=" + base));
        command.addAll(List.of("-Djava.io.tmpdir=" + base.resolve("temp"), "-cp"));
        command.add(home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar"));
        command.addAll(List.of("org.apache.catalina.startup.Bootstrap", "start"));
        return command;
    }

    private static void deployStock(Site site, Path webInf) throws IOException {
        Path lib = Files.createDirectories(webInf.resolve("lib"));
        Files.writeString(webInf.resolve("web.xml"), STOCK.formatted(site.upstream()));
        try (Stream<Path> jars = Files.list(Libraries.folder(site.options()))) {
            for (Path jar : jars.toList()) {
                if (jar.getFileName().toString().matches(STOCK_JARS)) {
                    Files.copy(jar, lib.resolve(jar.getFileName()));
                }
            }
        }
    }
}
