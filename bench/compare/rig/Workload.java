import java.util.List;
import java.util.Optional;

/** One kind of traffic: one of those that {@code bench/README.md} names, or a point of a {@link Series}. */
final class Workload {
    static final Workload W1 = new Workload("W1", "GET 1 KB, keep-alive, 64 clients", "1k", 64);
    static final Workload W2 = new Workload("W2", "GET 1 KB, keep-alive, 8 clients", "1k", 8);
    static final Workload W3 = new Workload("W3", "GET 100 KB, keep-alive, 32 clients", "100k", 32);
    static final Workload W4 = new Workload("W4", "GET 10 MB, keep-alive, 4 clients", "10m", 4);
    static final Workload W5 = new Workload("W5", "POST 1 MB, keep-alive, 8 clients", "post", 8);
    static final Workload W6 = new Workload("W6", "GET 1 KB, 1,000 clients, the upstream waits 100 ms", "slow", 1_000);
    static final Workload W7 = new Workload("W7", "GET 1 KB, a client connection each, 32 clients", "1k", 32);
    static final Workload W10 = new Workload("W10", "W1 beside 10,000 idle keep-alive clients", "1k", 64);
    static final Workload W11 = new Workload("W11", "GET 1 KB over h2c, 8 connections of 100 streams", "1k", 8);
    static final Workload START = new Workload("start", "from exec to the first proxied answer", "1k", 1);
    static final List<Workload> NAMED = List.of(W1, W2, W3, W4, W5, W6, W7, W10, W11, START);

    /** Upstream connections for which every peer has room. */
    static final int USUAL_CONNECTIONS = 1_024;

    /** To one destination, and no more unless it is told otherwise. */
    private static final int CONNECTIONS_OF_WEIR = 256;

    final String label;
    final String title;
    /** Of the upstream's file or handler, below {@code /proxy/}. */
    final String resource;

    final int clients;
    /** Those of {@link Origins} that are asked in turns, at {@code /d0/}, {@code /d1/} and so on; none: the one at {@code /proxy/}. */
    final int destinations;

    final Optional<Series.Point> point;

    private Workload(String label, String title, String resource, int clients) {
        this(label, title, resource, clients, 0, Optional.empty());
    }

    Workload(
            String label,
            String title,
            String resource,
            int clients,
            int destinations,
            Optional<Series.Point> point) {
        this.label = label;
        this.title = title;
        this.resource = resource;
        this.clients = clients;
        this.destinations = destinations;
        this.point = point;
    }

    /** The first path that is asked for. */
    String path() {
        return destinations == 0 ? "/proxy/" + resource : path(0);
    }

    String path(int destination) {
        return "/d" + destination + "/" + resource;
    }

    boolean posts() {
        return this == W5;
    }

    /** It needs more upstream connections than Weir allows one destination unless told otherwise. */
    boolean needsManyUpstreamConnections() {
        return clients > CONNECTIONS_OF_WEIR;
    }

    int upstreamConnections() {
        return Math.max(USUAL_CONNECTIONS, clients);
    }

    static Optional<Workload> named(String label) {
        return NAMED.stream()
                .filter(workload -> workload.label.equalsIgnoreCase(label))
                .findFirst();
    }
}
