import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures, in milliseconds, how long requests to quiet destinations take, without and with a flood on another one.
 *
 * <p>Arguments: the WAR, and the seconds of each of the two phases.
 */
public final class Fairness {
    private static final int BUDGET = 20;
    private static final int OTHERS = 20;
    private static final int FLOODING_CLIENTS = 100;
    private static final int PROBES = 4;
    private static final int UPSTREAM_MILLIS = 10;
    private static final int PAUSE_MILLIS = 5;

    private static volatile boolean flooding = true;

    public static void main(String[] args) throws Exception {
        List<String> command = new ArrayList<>(List.of("java", "-jar", args[0], "--port", "0"));
        command.addAll(List.of("--set", "connectionBudget=" + BUDGET, "--route", "/flood=" + upstream()));
        for (int i = 0; i < OTHERS; i++) {
            command.addAll(List.of("--route", "/other" + i + "=" + upstream()));
        }
        Path log = Files.createTempFile("fairness", ".log");
        Process weir = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            int port = port(log);
            long seconds = Long.parseLong(args[1]);
            probe(port, 3); // warm
            List<Double> quiet = probe(port, seconds);
            List<Thread> flood = new ArrayList<>();
            for (int i = 0; i < FLOODING_CLIENTS; i++) {
                flood.add(start(() -> flood(port)));
            }
            Thread.sleep(2000); // the flood has taken what it gets
            List<Double> flooded = probe(port, seconds);
            flooding = false;
            for (Thread one : flood) {
                one.join(10_000);
            }
            tell("without the flood", quiet);
            tell("with the flood", flooded);
            System.out.printf("p99 with the flood is %.1f times that without (aim: at most 3)%n", p99(flooded) / p99(quiet));
        } finally {
            weir.destroy();
            if (!weir.waitFor(40, TimeUnit.SECONDS)) {
                weir.destroyForcibly();
            }
            Files.delete(log);
        }
    }

    private static int port(Path log) throws Exception {
        for (int i = 0; i < 200; i++) {
            for (String line : Files.readAllLines(log)) {
                if (line.startsWith("listening on ")) {
                    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                }
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("Weir does not start: " + Files.readString(log));
    }

    /** Clients that ask one quiet destination after the other; the milliseconds of each request. */
    private static List<Double> probe(int port, long seconds) throws Exception {
        List<Double> all = Collections.synchronizedList(new ArrayList<>());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> probes = new ArrayList<>();
        for (int i = 0; i < PROBES; i++) {
            int first = i;
            probes.add(start(() -> {
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    client.setTcpNoDelay(true);
                    for (int n = first; System.nanoTime() - end < 0; n += PROBES) {
                        long begin = System.nanoTime();
                        ask(client, "/other" + n % OTHERS);
                        all.add((System.nanoTime() - begin) / 1e6);
                        Thread.sleep(PAUSE_MILLIS);
                    }
                }
            }));
        }
        for (Thread one : probes) {
            one.join();
        }
        return all;
    }

    private static void flood(int port) throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            while (flooding) {
                ask(client, "/flood");
            }
        }
    }

    private static void ask(Socket client, String path) throws Exception {
        client.getOutputStream().write(("GET " + path + "/ HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        String head = head(client.getInputStream());
        if (!head.startsWith("HTTP/1.1 200") && !path.equals("/flood")) {
            throw new IllegalStateException(head);
        }
        int length = Integer.parseInt(head.replaceAll("(?is).*\r\nContent-Length: (\\d+)\r\n.*", "$1"));
        client.getInputStream().readNBytes(length);
    }

    /** An upstream that answers after a while, each connection on a thread of its own. */
    private static String upstream() throws Exception {
        ServerSocket listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket connection = listener.accept();
                start(() -> {
                    try (connection) {
                        while (!head(connection.getInputStream()).isEmpty()) {
                            Thread.sleep(UPSTREAM_MILLIS);
                            OutputStream out = connection.getOutputStream();
                            out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII));
                        }
                    }
                });
            }
        });
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** Up to the empty line, empty at the end of the connection. */
    private static String head(InputStream in) throws Exception {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private interface Task {
        void run() throws Exception;
    }

    private static Thread start(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (java.io.IOException ended) {
                return;
            } catch (Exception failed) {
                System.err.println(failed);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static double p99(List<Double> all) {
        return sorted(all).get((int) (all.size() * 0.99));
    }

    private static List<Double> sorted(List<Double> all) {
        List<Double> sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        return sorted;
    }

    private static void tell(String which, List<Double> all) {
        System.out.printf("%s: %d requests, median %.1f ms, p99 %.1f ms, most %.1f ms%n",
                which, all.size(), sorted(all).get(all.size() / 2), p99(all), sorted(all).get(all.size() - 1));
    }
}
