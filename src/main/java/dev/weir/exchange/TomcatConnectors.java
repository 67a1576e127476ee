package dev.weir.exchange;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What Tomcat's connectors say of themselves through their MBeans. */
final class TomcatConnectors {
    private TomcatConnectors() {}

    /** The sockets of an engine's connectors, those that are bound; empty in a Tomcat without MBeans. */
    static List<InetSocketAddress> ofEngine(String engine) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName all = new ObjectName(engine + ":type=Connector,*");
            return beans.queryNames(all, null).stream()
                    .flatMap(connector -> socket(beans, connector).stream())
                    .toList();
        } catch (JMException oddName) {
            return List.of(); // then they are learned from what comes in
        }
    }

    private static Optional<InetSocketAddress> socket(MBeanServer beans, ObjectName connector) {
        try {
            Object port = beans.getAttribute(connector, "localPort");
            Object address = beans.getAttribute(connector, "address");
            return port instanceof Integer number && number > 0
                    ? Optional.of(new InetSocketAddress(address(address), number))
                    : Optional.empty();
        } catch (JMException | UnknownHostException notTold) {
            return Optional.empty();
        }
    }

    /** Null stands for all addresses; the literal that is read here resolves without asking anybody. */
    private static InetAddress address(Object told) throws UnknownHostException {
        if (told instanceof InetAddress address) {
            return address;
        }
        return told == null ? new InetSocketAddress(0).getAddress() : InetAddress.getByName(told.toString());
    }
}
