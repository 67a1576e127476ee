import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients that ask for one thing again and again, on connections that they keep, and beside them an eye on the proxy's
 * process. Arguments: the proxy's port, its process id, the upstream's port, clients, seconds, requests at most in all,
 * seconds to wait for an answer before the load (0: there is none before), the same after it. It prints one line
 * {@code name=value ...}.
 */
final class Load {
    private static final int ANSWER_MILLIS = 5_000;
    private static final int PAUSE_MILLIS = 20;
    private static final int LOOK_MILLIS = 100;
    private static final byte[] REQUEST = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n".getBytes();

    private final int port;
    private final LongAdder asked = new LongAdder();
    private final Map<String, LongAdder> results = new ConcurrentSkipListMap<>();
    private long most;
    private long end;
    private volatile long slowestNanos;
    /** The first one, in full. */
    private volatile String refusal = "";

    private Load(int port) {
        this.port = port;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Load load = new Load(Integer.parseInt(arguments[0]));
        Eye eye = new Eye(arguments[1], Integer.parseInt(arguments[2]));
        int clients = Integer.parseInt(arguments[3]);
        long seconds = Long.parseLong(arguments[4]);
        load.most = Long.parseLong(arguments[5]);
        load.secondsUntilServed(Integer.parseInt(arguments[6]));
        load.run(clients, seconds, eye);
        String fresh = load.secondsUntilServed(Integer.parseInt(arguments[7]));
        System.out.printf(
                "200=%d 503=%d 5xx=%d errors=%d statuses=%s slowest=%d %s fresh=%s refusal=%s%n",
                load.count("200"),
                load.count("503"),
                load.results.entrySet().stream()
                        .filter(result -> result.getKey().matches("5(?!03)\\d\\d"))
                        .mapToLong(result -> result.getValue().sum())
                        .sum(),
                load.count("error"),
                String.join(",", load.results.keySet()),
                TimeUnit.NANOSECONDS.toMillis(load.slowestNanos),
                eye.seen(),
                fresh,
                load.refusal);
    }

    private void run(int clients, long seconds, Eye eye) throws IOException, InterruptedException {
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(this::ask);
            thread.start();
            threads.add(thread);
        }
        while (goesOn()) {
            eye.look();
            Thread.sleep(LOOK_MILLIS);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        eye.look();
    }

    private boolean goesOn() {
        return System.nanoTime() - end < 0 && asked.sum() < most;
    }

    private void ask() {
        while (goesOn()) {
            try (Socket socket = connect()) {
                boolean kept = true;
                while (kept && goesOn()) {
                    asked.increment();
                    kept = request(socket);
                }
            } catch (IOException e) {
                count("error", 1);
                pause();
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(ANSWER_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), ANSWER_MILLIS);
        return socket;
    }

    /** One request and its answer; whether the connection is kept. */
    private boolean request(Socket socket) throws IOException {
        long start = System.nanoTime();
        socket.getOutputStream().write(REQUEST);
        String answer = read(socket.getInputStream());
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - start);
        String status = answer.substring(9, 12);
        count(status, 1);
        if ("503".equals(status) && refusal.isEmpty()) {
            refusal = answer.substring(answer.indexOf("\r\n\r\n") + 4).strip().replace(' ', '_');
        }
        if (!"200".equals(status)) {
            pause();
        }
        return !answer.toLowerCase().contains("\nconnection: close");
    }

    /** A whole message: with a length, chunked, or without a body. */
    private static String read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (!isWhole(text)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("cut after " + text.length() + " bytes");
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static boolean isWhole(StringBuilder text) {
        int head = text.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        String fields = text.substring(0, head + 2).toLowerCase();
        int length = fields.indexOf("content-length: ");
        if (length >= 0) {
            String number =
                    fields.substring(length + 16, fields.indexOf('\r', length)).strip();
            return text.length() == head + 4 + Integer.parseInt(number);
        }
        return !fields.contains("chunked") || text.indexOf("\r\n0\r\n\r\n", head) >= 0;
    }

    /** How long after the load a new connection is served. */
    private String secondsUntilServed(int patience) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(patience)) {
            try (Socket socket = connect()) {
                socket.setSoTimeout(1_000);
                socket.getOutputStream().write(REQUEST);
                if ("200".equals(read(socket.getInputStream()).substring(9, 12))) {
                    return String.format("%.1f", (System.nanoTime() - start) / 1e9);
                }
            } catch (IOException e) {
                // Asked again, below.
            }
            pause();
        }
        return "not-in-" + patience;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void count(String result, long more) {
        results.computeIfAbsent(result, key -> new LongAdder()).add(more);
    }

    private long count(String result) {
        return results.getOrDefault(result, new LongAdder()).sum();
    }
}
