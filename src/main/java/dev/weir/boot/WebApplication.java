package dev.weir.boot;

import dev.weir.config.Configuration;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Problem;
import dev.weir.config.RouteParameters;
import dev.weir.proxy.BoundedProxyServlet;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.servlet.ServletMapping;
import org.eclipse.jetty.ee11.webapp.JettyWebXmlConfiguration;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.ee11.webapp.WebXmlConfiguration;
import org.eclipse.jetty.util.resource.ResourceFactory;

/**
 * The web application as the launcher runs it: the shipped web.xml, in the launcher's own class loader, so that both
 * share Jetty's types. Routes of the command line replace the shipped ones.
 */
final class WebApplication extends WebAppContext {
    private final Options options;
    private final Rules rules;
    private final Gate gate;

    /** What must hold beyond the configuration's own rules; asked about one with problems, too, to tell all at once. */
    @FunctionalInterface
    interface Rules {
        List<Problem> problems(Configuration configuration);
    }

    /** What stands between the configuration, which is valid, and the start of anything. */
    @FunctionalInterface
    interface Gate {
        /** True to start the application, false to leave it unstarted: it was only to be read. */
        boolean pass(ServletContext context, Configuration configuration) throws StartFailedException;
    }

    WebApplication(Options options, Rules rules, Gate gate) {
        super("/", null, null, null, new ErrorPageErrorHandler(), SECURITY); // and no sessions, which cost each request
        this.options = options;
        this.rules = rules;
        this.gate = gate;
        setClassLoader(WebApplication.class.getClassLoader());
        setDefaultsDescriptor(null);
        setExtractWAR(false);
        setConfigurations(new org.eclipse.jetty.ee11.webapp.Configuration[] {
            new WebXmlConfiguration(), new JettyWebXmlConfiguration()
        });
        setBaseResource(options.installation().baseResource(ResourceFactory.of(this)));
        setThrowUnavailableOnStartupException(true);
    }

    /** The one in force; null before the start. */
    Configuration configuration() {
        return (Configuration) getServletContext().getAttribute(Configuration.class.getName());
    }

    /** Runs after web.xml was read and before the listener reads the configuration. */
    @Override
    protected void startWebapp() throws Exception {
        if (!options.routes().isEmpty()) {
            replaceRoutes(getServletHandler());
        }
        if (gate.pass(getServletContext(), read())) {
            // No file is served from it; and Jetty would look for the WAR under a name that is wrong beyond ASCII.
            setBaseResource(null);
            super.startWebapp();
        }
    }

    private void replaceRoutes(ServletHandler handler) {
        List<String> shipped = routes(handler).map(ServletHolder::getName).toList();
        handler.setServletMappings(Arrays.stream(handler.getServletMappings())
                .filter(mapping -> !shipped.contains(mapping.getServletName()))
                .toArray(ServletMapping[]::new));
        handler.setServlets(Arrays.stream(handler.getServlets())
                .filter(servlet -> !shipped.contains(servlet.getName()))
                .toArray(ServletHolder[]::new));
        for (Route route : options.routes()) {
            ServletHolder holder = new ServletHolder(route.servletName(), BoundedProxyServlet.class);
            holder.setAsyncSupported(true);
            holder.setInitOrder(1);
            if (route.equals(ForwardProxy.ROUTE)) {
                // Whom its clients ask is a stranger to them and to us; a user may set it all the same.
                holder.setInitParameter(RouteParameters.FORWARDED.name(), "false");
            }
            handler.addServletWithMapping(holder, route.prefix() + "/*");
        }
    }

    private static java.util.stream.Stream<ServletHolder> routes(ServletHandler handler) {
        return Arrays.stream(handler.getServlets())
                .filter(servlet -> BoundedProxyServlet.class.getName().equals(servlet.getClassName()));
    }

    private Configuration read() throws StartFailedException {
        List<Problem> problems = new ArrayList<>(options.problems());
        RouteSettings settings = new RouteSettings(servletsByPrefix(), problems);
        setAttribute(Configuration.COMMAND_LINE, Map.copyOf(settings.translate(options)));
        Optional<Configuration> configuration;
        try {
            configuration = Optional.of(Configuration.read(getServletContext()));
        } catch (ConfigurationException wrong) {
            problems.addAll(wrong.problems());
            configuration = wrong.rest();
        }
        configuration.map(rules::problems).ifPresent(problems::addAll);
        if (!problems.isEmpty()) {
            throw StartFailedException.of(problems);
        }
        return configuration.orElseThrow();
    }

    private Map<String, String> servletsByPrefix() {
        Map<String, String> servlets = new HashMap<>();
        ServletHandler handler = getServletHandler();
        routes(handler)
                .forEach(servlet -> Arrays.stream(handler.getServletMappings())
                        .filter(mapping -> mapping.getServletName().equals(servlet.getName()))
                        .flatMap(mapping -> Arrays.stream(mapping.getPathSpecs()))
                        .filter(spec -> spec.endsWith("/*"))
                        .forEach(spec -> servlets.put(spec.substring(0, spec.length() - 2), servlet.getName())));
        return servlets;
    }
}
