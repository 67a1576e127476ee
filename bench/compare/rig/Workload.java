import java.util.Arrays;
import java.util.Optional;

/** One kind of traffic; the names are those of {@code bench/README.md}. */
enum Workload {
    W1("W1", "GET 1 KB, keep-alive, 64 clients", "1k", 64),
    W2("W2", "GET 1 KB, keep-alive, 8 clients", "1k", 8),
    W3("W3", "GET 100 KB, keep-alive, 32 clients", "100k", 32),
    W4("W4", "GET 10 MB, keep-alive, 4 clients", "10m", 4),
    W5("W5", "POST 1 MB, keep-alive, 8 clients", "post", 8),
    W6("W6", "GET 1 KB, 1,000 clients, the upstream waits 100 ms", "slow", 1_000),
    W7("W7", "GET 1 KB, a client connection each, 32 clients", "1k", 32),
    W10("W10", "W1 beside 10,000 idle keep-alive clients", "1k", 64),
    W11("W11", "GET 1 KB over h2c, 8 connections of 100 streams", "1k", 8),
    START("start", "from exec to the first proxied answer", "1k", 1);

    final String label;
    final String title;
    /** Of the upstream's file or handler, below {@code /proxy/}. */
    final String resource;

    final int clients;

    Workload(String label, String title, String resource, int clients) {
        this.label = label;
        this.title = title;
        this.resource = resource;
        this.clients = clients;
    }

    String path() {
        return "/proxy/" + resource;
    }

    boolean posts() {
        return this == W5;
    }

    /** It needs more upstream connections than Weir and others allow one destination unless told otherwise. */
    boolean needsManyUpstreamConnections() {
        return this == W6;
    }

    static Optional<Workload> named(String label) {
        return Arrays.stream(values())
                .filter(workload -> workload.label.equalsIgnoreCase(label))
                .findFirst();
    }
}
