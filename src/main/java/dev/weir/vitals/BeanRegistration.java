package dev.weir.vitals;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of a {@link WeirMXBean} in the JVM's bean server, until it is closed: the bean would keep the whole web
 * application. A name that is taken, by the same context path of another virtual host or of the version before, gets an
 * {@code instance} as well, from 2 on.
 */
final class BeanRegistration implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BeanRegistration.class);
    /** Further ones are not shown: that many are a leak of somebody's. */
    private static final int MOST_OF_A_NAME = 100;

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private ObjectName name;

    /**
     * Registers it.
     *
     * @param contextPath empty for the root
     */
    BeanRegistration(WeirMXBean bean, String contextPath) {
        String context = contextPath.isEmpty() ? "/" : contextPath;
        String value = context.matches("[A-Za-z0-9/._~-]+") ? context : ObjectName.quote(context);
        String first = "dev.weir:type=Weir,context=" + value;
        try {
            for (int instance = 1; name == null && instance <= MOST_OF_A_NAME; instance++) {
                name = register(bean, new ObjectName(instance == 1 ? first : first + ",instance=" + instance));
            }
        } catch (JMException | SecurityException refused) {
            LOG.warn("Weir is not shown through JMX as {}", first, refused);
        }
    }

    /** Null where the name is taken. */
    private ObjectName register(WeirMXBean bean, ObjectName candidate) throws JMException {
        try {
            return server.registerMBean(bean, candidate).getObjectName();
        } catch (InstanceAlreadyExistsException taken) {
            return null;
        }
    }

    @Override
    public void close() {
        if (name == null) {
            return;
        }
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException gone) {
            LOG.debug("Somebody else has unregistered {}", name);
        } catch (JMException | SecurityException refused) {
            LOG.warn("{} stays registered, and keeps this web application in memory", name, refused);
        }
    }
}
