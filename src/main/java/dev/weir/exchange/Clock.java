package dev.weir.exchange;

/** The only clock of the code; tests pass one they move by hand. */
@FunctionalInterface
public interface Clock {
    /** The JVM's monotonic clock. */
    Clock SYSTEM = System::nanoTime;

    /** Nanoseconds since an arbitrary moment; compare by subtraction only. */
    long nanoTime();
}
