import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What grows in a growth run, the points at which it is measured, and what is drawn of it. */
enum Series {
    CLIENTS("clients", "GET 1 KB, keep-alive", Figure.PER_SECOND),
    DESTINATIONS("destinations", "GET 1 KB, keep-alive, 64 clients that ask all destinations in turns", Figure.PER_SECOND),
    BODY("body", "GET, keep-alive, 64, 64, 32, 8 and 4 clients", Figure.CPU_PER_MB);

    /** Of what grows: so many clients or destinations, or bytes of a body. */
    record Point(Series series, int amount) {
        String shown() {
            return series == BODY ? size(amount) : String.format(Locale.ROOT, "%,d", amount);
        }
    }

    private static final int KIB = 1024;
    private static final int USUAL_CLIENTS = 64;
    private static final List<Integer> CLIENTS_WANTED = List.of(1, 8, USUAL_CLIENTS, 512, 4_096);
    private static final List<Integer> DESTINATIONS_WANTED = List.of(1, 10, 100, 1_000);

    final String label;
    final String title;
    private final Figure own;

    Series(String label, String title, Figure own) {
        this.label = label;
        this.title = title;
        this.own = own;
    }

    /** From the least to the most; those that the descriptor limit has no room for give way to the most that it has. */
    List<Workload> points() {
        return switch (this) {
            case CLIENTS ->
                upTo(CLIENTS_WANTED, Descriptors.busyClients())
                        .map(clients -> point(clients, "1k", clients, 0))
                        .toList();
            case DESTINATIONS ->
                upTo(DESTINATIONS_WANTED, Descriptors.destinations())
                        .map(destinations -> point(destinations, "1k", USUAL_CLIENTS, destinations))
                        .toList();
            case BODY ->
                List.of(
                        point(KIB, "1k", USUAL_CLIENTS, 0),
                        point(10 * KIB, "10k", USUAL_CLIENTS, 0),
                        point(100 * KIB, "100k", 32, 0),
                        point(KIB * KIB, "1m", 8, 0),
                        point(10 * KIB * KIB, "10m", 4, 0));
        };
    }

    /** Why the last point is not the one that was wanted; empty where it is. */
    Optional<String> cut() {
        List<Workload> points = points();
        Workload last = points.get(points.size() - 1);
        int wanted =
                switch (this) {
                    case CLIENTS -> CLIENTS_WANTED.get(CLIENTS_WANTED.size() - 1);
                    case DESTINATIONS -> DESTINATIONS_WANTED.get(DESTINATIONS_WANTED.size() - 1);
                    case BODY -> last.point.orElseThrow().amount();
                };
        String most = last.point.orElseThrow().shown();
        return wanted == last.point.orElseThrow().amount()
                ? Optional.empty()
                : Optional.of("a descriptor limit of " + Descriptors.limit() + " has room for " + most);
    }

    /** In the order of the chart's panels. */
    List<Figure> drawn() {
        return List.of(Figure.CPU, own, Figure.P99, Figure.PEAK);
    }

    static Optional<Series> named(String label) {
        return Arrays.stream(values())
                .filter(series -> series.label.equalsIgnoreCase(label))
                .findFirst();
    }

    static String labels() {
        return Arrays.stream(values()).map(series -> series.label).collect(Collectors.joining(", "));
    }

    private Workload point(int amount, String resource, int clients, int destinations) {
        Point point = new Point(this, amount);
        return new Workload(
                label + " " + point.shown(), title, resource, clients, destinations, Optional.of(point));
    }

    private static Stream<Integer> upTo(List<Integer> wanted, int room) {
        List<Integer> amounts = new ArrayList<>(wanted);
        amounts.replaceAll(amount -> Math.min(amount, room));
        return amounts.stream().distinct();
    }

    private static String size(int bytes) {
        return bytes < KIB * KIB ? bytes / KIB + " KB" : bytes / KIB / KIB + " MB";
    }
}
