import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A proxy that can be measured, as a process of its own. */
interface Peer {
    String name();

    /** It has a heap, and needs warming up. */
    boolean jvm();

    /** It has to speak h2c, or to know more than one upstream. */
    default boolean does(Workload workload) {
        return workload != Workload.W11 && workload.destinations == 0;
    }

    /** Why it cannot be started here; empty where it can. */
    Optional<String> missing(Options options);

    /** Such as {@code nginx 1.22.1}. */
    String version(Options options);

    /** Writes its configuration into the site's folder, and says how to start it in the foreground. */
    List<String> command(Site site) throws IOException;
}
