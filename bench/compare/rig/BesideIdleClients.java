import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A load beside thousands of clients that have asked once and keep their connection, then the same load alone. */
final class BesideIdleClients {
    static final int WANTED = 10_000;

    /** For the proxy to be done with the clients that have left. */
    private static final long SETTLE_MILLIS = 2_000;

    private static final double KIB = 1024;
    private static final Pattern HEAP = Pattern.compile("(?:heap|[Hh]eap:?) .*?used (\\d+)K");

    private final Running running;
    private final Peer peer;
    private final Load load;
    private final Options options;

    BesideIdleClients(Running running, Peer peer, Load load, Options options) {
        this.running = running;
        this.peer = peer;
        this.load = load;
        this.options = options;
    }

    /** Alone comes last: what a JVM learns meanwhile then speaks for alone, and cannot hide what the idle clients cost. */
    Map<Figure, Double> measure() throws IOException, InterruptedException, Measurement.Faulty {
        Map<Figure, Double> beside = beside();
        Thread.sleep(SETTLE_MILLIS);
        Map<Figure, Double> alone = Measurement.of(running, load, options.seconds);
        beside.put(Figure.ALONE_CPU, alone.get(Figure.CPU));
        beside.put(Figure.ALONE_PER_SECOND, alone.get(Figure.PER_SECOND));
        return beside;
    }

    private Map<Figure, Double> beside() throws IOException, InterruptedException, Measurement.Faulty {
        int clients = Descriptors.idleClients(WANTED);
        double before = residentBytes();
        try (IdleClients idle = IdleClients.open(running.port(), clients)) {
            double after = residentBytes();
            Map<Figure, Double> beside = Measurement.of(running, load, options.seconds);
            int left = idle.stillOpen();
            if (left < clients) {
                throw new Measurement.Faulty(clients - left + " of " + clients + " idle clients were sent away");
            }
            beside.put(Figure.CLIENT_BYTES, (after - before) / clients);
            return beside;
        }
    }

    /** Of a JVM what is resident outside its heap, which does not change, and what is alive in it. */
    private double residentBytes() throws IOException, InterruptedException {
        double alive = 0;
        if (peer.jvm()) {
            jcmd("GC.run");
            Matcher heap = HEAP.matcher(jcmd("GC.heap_info"));
            if (!heap.find()) {
                throw new IOException("no G1 heap in jcmd GC.heap_info");
            }
            alive = Double.parseDouble(heap.group(1)) * KIB;
        }
        return running.tree().residentKib() * KIB + alive;
    }

    private String jcmd(String command) throws IOException, InterruptedException {
        String program = options.java.resolve("bin/jcmd").toString();
        return Command.output(List.of(program, String.valueOf(running.pid()), command));
    }
}
