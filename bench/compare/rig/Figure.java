import java.util.Locale;

/** Something that is measured, once in a round. */
enum Figure {
    CPU("cpu_us_per_request", "CPU µs/request", 1),
    CPU_PER_MB("cpu_us_per_mb", "CPU µs/MB", 0),
    PER_SECOND("requests_per_second", "requests/s", 0),
    P50("p50_us", "p50 µs", 0),
    P99("p99_us", "p99 µs", 0),
    PEAK("peak_resident_mib", "peak MiB", 0),
    THREADS("threads", "threads", 0),
    DESCRIPTORS("descriptors", "descriptors", 0),
    ALLOCATED("allocated_bytes_per_request", "bytes allocated/request", 0),
    CLIENT_BYTES("resident_bytes_per_idle_client", "resident bytes/idle client", 0),
    ALONE_CPU("cpu_us_per_request_alone", "CPU µs/request without them", 1),
    ALONE_PER_SECOND("requests_per_second_alone", "requests/s without them", 0),
    START("start_ms", "ms to the first answer", 0);

    final String key;
    final String title;
    private final int decimals;

    Figure(String key, String title, int decimals) {
        this.key = key;
        this.title = title;
        this.decimals = decimals;
    }

    String format(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
