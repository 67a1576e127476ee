package dev.weir.vitals;

import dev.weir.exchange.Report;
import java.util.stream.Stream;

/** The exchanges that have been sent upstream, or wait to be, and are not over. */
@FunctionalInterface
public interface UnderWay {
    /** Their reports; some may be over by now. Any thread. */
    Stream<Report> reports();
}
