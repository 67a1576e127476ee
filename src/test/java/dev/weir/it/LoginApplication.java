package dev.weir.it;

import java.net.URI;
import java.nio.file.Path;

/**
 * The {@code examples} application of a Tomcat distribution in a Tomcat of its own: a real upstream with a form to log
 * in, redirects and a session cookie, all of them made for {@code /examples}. The user is {@code erin}, with the
 * password {@code s3cret}.
 */
final class LoginApplication implements AutoCloseable {
    private static final String USERS =
            "<tomcat-users><user username=\"erin\" password=\"s3cret\" roles=\"tomcat\"/></tomcat-users>";
    private static final String CONTEXT = """
            <Context docBase="%s" ignoreAnnotations="true">
              <Realm className="org.apache.catalina.realm.MemoryRealm" pathname="conf/users.xml"/>
            </Context>
            """;

    private final RunningWeir tomcat;

    private LoginApplication(RunningWeir tomcat) {
        this.tomcat = tomcat;
    }

    static LoginApplication start() {
        Path base = Places.base("examples");
        Deployment deployment = Deployment.of().at("/examples");
        Launch launch = TomcatLaunch.server("apache-tomcat-11.", deployment, base);
        Places.folder(base.resolve("webapps"));
        Places.write(base.resolve("conf/users.xml"), USERS);
        Path contexts = Places.folder(base.resolve("conf/Catalina/localhost"));
        Places.write(contexts.resolve("examples.xml"), CONTEXT.formatted(Places.examples()));
        return new LoginApplication(new Attempt(launch, deployment, base, Places.log("examples")).running());
    }

    /** {@code http://127.0.0.1:PORT/examples}. */
    URI uri() {
        return tomcat.uri("");
    }

    @Override
    public void close() {
        tomcat.close();
    }
}
