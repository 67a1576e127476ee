package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** What the JVM's bean server has of running Weirs. */
class WeirBeanTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    private static Set<ObjectName> names() throws Exception {
        return SERVER.queryNames(new ObjectName("dev.weir:*"), null);
    }

    private static Object attribute(String name) throws Exception {
        return SERVER.getAttribute(new ObjectName("dev.weir:type=Weir,context=/"), name);
    }

    @Test
    void itShowsWhatIsBoundedAndTheDestinations() throws Exception {
        try (ScriptedTraffic weir = new ScriptedTraffic()) {
            assertThat(attribute("Home")).isEqualTo("launcher");
            assertThat(attribute("InFlight")).isEqualTo(0);
            assertThat((int) attribute("MaxInFlight")).isPositive();
            assertThat((int) attribute("ConnectionBudget")).isPositive();
            assertThat(attribute("ConnectionsOpen")).isEqualTo(1);
            assertThat(attribute("ConnectionsIdle")).isEqualTo(1);
            assertThat(attribute("Queued")).isEqualTo(0);
            assertThat((long) attribute("DescriptorsOpen")).isPositive().isLessThan((long)
                    attribute("DescriptorLimit"));
            assertThat((long) attribute("DescriptorsLeft")).isPositive();
            assertThat(attribute("Draining")).isEqualTo(false);
            assertThat(attribute("Ready")).isEqualTo(true);
            CompositeData[] destinations = (CompositeData[]) attribute("Destinations");
            assertThat(destinations).hasSize(1);
            assertThat(destinations[0].getAll(new String[] {"leased", "idle", "opening", "queued", "sockets"}))
                    .containsExactly(0, 1, 0, 0, 1);
            assertThat((String) destinations[0].get("origin")).startsWith("http://127.0.0.1:");
            assertThat(weir.uri()).isNotNull();
        }
    }

    @Test
    void twoOfOneNameDoNotClashAndNeitherIsLeftBehind() throws Exception {
        assertThat(names()).isEmpty();
        try (ScriptedTraffic first = new ScriptedTraffic()) {
            try (ScriptedTraffic second = new ScriptedTraffic()) {
                assertThat(names())
                        .extracting(ObjectName::getCanonicalName)
                        .containsExactlyInAnyOrder(
                                "dev.weir:context=/,type=Weir", "dev.weir:context=/,instance=2,type=Weir");
                assertThat(second.uri()).isNotEqualTo(first.uri());
            }
            assertThat(names())
                    .extracting(ObjectName::getCanonicalName)
                    .containsExactly("dev.weir:context=/,type=Weir");
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void anOddContextPathIsQuoted() throws Exception {
        try (BeanRegistration odd = new BeanRegistration(new WeirBean(null, null), "/a,b=*")) {
            assertThat(odd).isNotNull();
            assertThat(names())
                    .extracting(name -> ObjectName.unquote(name.getKeyProperty("context")))
                    .containsExactly("/a,b=*");
        }
        assertThat(names()).isEmpty();
    }
}
