package dev.weir.proxy;

import dev.weir.config.Configuration;
import dev.weir.config.ConfigurationException;
import dev.weir.config.Problem;
import dev.weir.config.RouteConfiguration;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import dev.weir.config.UpstreamTemplate;
import dev.weir.config.Values;
import dev.weir.exchange.Clock;
import dev.weir.exchange.Home;
import dev.weir.exchange.InstanceId;
import dev.weir.exchange.Ourselves;
import dev.weir.limits.AutoLimits;
import dev.weir.limits.DescriptorSampler;
import dev.weir.limits.Descriptors;
import dev.weir.limits.DestinationShares;
import dev.weir.limits.DirectMemory;
import dev.weir.limits.Drain;
import dev.weir.limits.InFlight;
import dev.weir.limits.KernelSockets;
import dev.weir.route.OwnPaths;
import dev.weir.upstream.HostSelectors;
import dev.weir.upstream.UpstreamClient;
import dev.weir.vitals.Instruments;
import dev.weir.vitals.Vitals;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts Weir with its web application and stops it: reads the whole configuration, then creates the one client and the
 * limits, once, for all routes. A configuration that is wrong stops the deployment before anything is created.
 */
public final class Application implements ServletContextListener {
    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private UpstreamClient client;
    private Deadlines deadlines;
    private LeftClients leftClients;
    private DescriptorSampler sampler;
    private Vitals vitals;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        Configuration configuration;
        Descriptors descriptors;
        try {
            configuration = Configuration.read(context);
            descriptors = descriptors(context, configuration);
        } catch (RuntimeException wrong) {
            // Some containers keep a listener's exception in another log than the one people look at.
            LOG.error("Weir does not start. {}", wrong.getMessage());
            throw wrong;
        }
        configuration.notes().forEach(LOG::warn);
        start(context, configuration, descriptors);
    }

    /** Finds the routes that would lead straight back, before anything is created for them. */
    private static Ourselves ourselves(ServletContext context, Configuration configuration, Home home) {
        OwnPaths paths = new OwnPaths(context.getContextPath(), home.isAlone(), configuration);
        Ourselves ourselves = new Ourselves(configuration, home.listeners(context), paths::hold);
        List<Problem> problems = ourselves.problems();
        if (!problems.isEmpty()) {
            ConfigurationException wrong = new ConfigurationException(problems);
            LOG.error("Weir does not start. {}", wrong.getMessage());
            throw wrong;
        }
        return ourselves;
    }

    /** The launcher's, which count what it accepts from the first connection on; or new ones. */
    private static Descriptors descriptors(ServletContext context, Configuration configuration) {
        Object launchers = context.getAttribute(Descriptors.class.getName());
        return launchers instanceof Descriptors descriptors ? descriptors : Descriptors.of(configuration.shared());
    }

    private static int maxInFlight(Values shared, AutoLimits limits) {
        int maxInFlight = shared.get(SharedParameters.MAX_IN_FLIGHT).orElseGet(() -> limits.maxInFlight(shared));
        LOG.info(limits.sentence(maxInFlight, DirectMemory.maxBytes()));
        return maxInFlight;
    }

    private void start(ServletContext context, Configuration configuration, Descriptors descriptors) {
        Values shared = configuration.shared();
        int requestBuffer = shared.get(SharedParameters.REQUEST_BUFFER_SIZE);
        int maxInFlight = maxInFlight(shared, descriptors.limits());
        Home home = Home.of(context);
        if (!home.isAlone() && shared.get(SharedParameters.STATUS_PORT).isPresent()) {
            LOG.warn("weir.statusPort is the launcher's alone, and ignored: a container's connectors are its own.");
        }
        Ourselves ourselves = ourselves(context, configuration, home);
        publish(context, ourselves);
        client = UpstreamClient.start(configuration, descriptors, ourselves::listenAt, (HostSelectors)
                context.getAttribute(HostSelectors.class.getName()));
        deadlines = new Deadlines(client.scheduler());
        if (home.sendsInterim() && KernelSockets.areListed()) {
            leftClients = new LeftClients(deadlines, client.scheduler());
        }
        publish(context, configuration);
        publish(context, client);
        publish(context, descriptors);
        sampler = DescriptorSampler.start(descriptors, client.scheduler());
        InFlight inFlight = new InFlight(maxInFlight);
        publish(context, inFlight);
        publish(context, new DestinationShares(configuration, maxInFlight));
        Drain drain = new Drain();
        publish(context, drain);
        publish(context, InstanceId.random());
        publish(
                context,
                new Machinery(
                        client,
                        home,
                        ServletBuffers.probe(client.buffers(), home),
                        deadlines,
                        Clock.SYSTEM,
                        requestBuffer,
                        Machinery.Bounds.of(shared)));
        vitals = Vitals.start(
                context,
                home,
                new Instruments(configuration, home.name(), inFlight, drain, descriptors, client, deadlines::reports));
        publish(context, vitals);
        OwnClasses.load(context);
        configuration.routes().forEach(route -> sayWhereItLeads(context, route));
    }

    private static void sayWhereItLeads(ServletContext context, RouteConfiguration route) {
        if (route.template().filter(UpstreamTemplate::isTarget).isPresent()) {
            LOG.info(
                    "Forward proxy: its clients may ask for {}",
                    route.values().setting(RouteParameters.ALLOW).text());
            return;
        }
        String from = context.getContextPath() + route.prefix() + "/";
        route.values()
                .get(RouteParameters.PROXY_TO)
                .ifPresent(upstream -> LOG.info("Route {}: {} leads to {}", route.servletName(), from, upstream));
    }

    private static void publish(ServletContext context, Object shared) {
        context.setAttribute(shared.getClass().getName(), shared);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (sampler != null) {
            sampler.close();
        }
        if (leftClients != null) {
            leftClients.stop();
        }
        if (deadlines != null) {
            deadlines.cutTunnels();
            deadlines.destroy();
        }
        if (client != null) {
            client.close();
        }
        if (vitals != null) {
            vitals.close(); // the last: what was cut has something to tell
        }
    }
}
