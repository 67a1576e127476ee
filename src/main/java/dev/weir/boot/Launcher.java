package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Problem;
import dev.weir.config.RouteParameters;
import dev.weir.exchange.Clock;
import dev.weir.exchange.Home;
import dev.weir.exchange.ProxyUsers;
import dev.weir.limits.Descriptors;
import dev.weir.upstream.HostSelectors;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.security.Security;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;

/** Starts the web application on a server of its own. */
public final class Launcher {
    /** Where requests have threads of their own: an exchange keeps none, but a filter of somebody's may. */
    private static final int MAX_THREADS = 64;

    static {
        demandExactHeaderValues();
        turnOffNameCache();
    }

    private Launcher() {}

    /** Jetty's generator would replace characters that it does not like. It asks once, when its class is loaded. */
    static void demandExactHeaderValues() {
        System.setProperty("org.eclipse.jetty.http.HttpGenerator.STRICT", "true");
    }

    /**
     * The JVM would keep addresses for 30 s on top of {@code weir.resolveTtl}, and failures for 10 s. It asks once, before
     * its first look-up. Whoever set {@code networkaddress.cache.ttl} for the JVM is overruled: {@code weir.resolveTtl}
     * says it here.
     */
    static void turnOffNameCache() {
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    /**
     * Starts Weir in this process; returns when requests are answered. The caller closes it.
     *
     * @throws StartFailedException where it does not start: nothing is left running
     */
    public static RunningLauncher start(Options options) throws StartFailedException {
        if (!options.demo() || !options.problems().isEmpty()) {
            return start(options, null);
        }
        DemoUpstream demo = DemoUpstream.start();
        try {
            return start(options.withDemoAt(demo.uri().toString()), demo);
        } catch (StartFailedException | RuntimeException failure) {
            demo.close();
            throw failure;
        }
    }

    private static RunningLauncher start(Options options, DemoUpstream demo) throws StartFailedException {
        Server server = server();
        ServerThreads threads = (ServerThreads) server.getThreadPool();
        Listeners listeners = new Listeners(server, options);
        WebApplication.Rules rules = new StartRules(options)::problems;
        WebApplication application = new WebApplication(options, rules, (context, configuration) -> {
            Descriptors descriptors = descriptors(configuration);
            context.setAttribute(Descriptors.class.getName(), descriptors);
            configuration
                    .route(ForwardProxy.SERVLET)
                    .flatMap(route -> route.values().get(RouteParameters.PROXY_USERS))
                    .ifPresent(file ->
                            context.setAttribute(ProxyUsers.class.getName(), new HashedUsers(file, Clock.SYSTEM)));
            List<InetSocketAddress> own = listeners.open(configuration, descriptors);
            context.setAttribute(Home.class.getName(), new LauncherHome(own));
            if (OnSelectors.areAllowed(configuration)) {
                context.setAttribute(
                        HostSelectors.class.getName(), listeners.clients().getSelectorManager());
                threads.serveBeside(Listener.ACCEPTORS + Connector.SELECTORS);
            }
            refuse(new OwnListeners(own).problems(configuration)); // a port of 0 is known only now
            return true;
        });
        server.setErrorHandler(new RefusalErrors(application.getServletContext()));
        Handler all = new WholeServer(options.isForwardProxy() ? new ForwardProxy(application) : application);
        server.setHandler(new OnSelectors(new PagesAlone(all, application), application));
        try {
            server.start();
        } catch (Exception failure) {
            stop(server);
            listeners.close();
            throw explained(failure);
        }
        return new RunningLauncher(server, listeners, application, options, demo);
    }

    private static void refuse(List<Problem> problems) throws StartFailedException {
        if (!problems.isEmpty()) {
            throw StartFailedException.of(problems);
        }
    }

    /**
     * Reads the configuration as a start would, and starts nothing.
     *
     * @throws StartFailedException with every problem
     */
    static Configuration read(Options options, WebApplication.Rules rules) throws StartFailedException {
        Configuration[] read = new Configuration[1];
        Server server = server();
        server.setHandler(new WebApplication(options, rules, (context, configuration) -> {
            read[0] = configuration;
            return false;
        }));
        try {
            server.start();
            return read[0];
        } catch (Exception failure) {
            throw explained(failure);
        } finally {
            stop(server);
        }
    }

    private static Descriptors descriptors(Configuration configuration) throws StartFailedException {
        try {
            return Descriptors.of(configuration.shared());
        } catch (ConfigurationException tooFew) {
            throw StartFailedException.of(tooFew.problems());
        }
    }

    private static Server server() {
        ServerThreads threads = new ServerThreads(MAX_THREADS);
        threads.setName("weir");
        Server server = new Server(threads);
        server.setOpenEarly(false); // the address is bound when the configuration turned out to be valid
        return server;
    }

    private static StartFailedException explained(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StartFailedException told) {
                return told;
            }
            if (cause instanceof IllegalStateException
                    && String.valueOf(cause.getMessage()).startsWith("weir.")) {
                return StartFailedException.misconfigured(cause.getMessage(), failure); // it names the parameter
            }
        }
        StringWriter trace = new StringWriter(); // nobody foresaw it, so that whoever mends it needs everything
        failure.printStackTrace(new PrintWriter(trace, true));
        return StartFailedException.atRunTime("it failed inside.\n" + trace, failure);
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception leftover) {
            throw new IllegalStateException("The server does not stop: " + leftover.getMessage(), leftover);
        }
    }
}
