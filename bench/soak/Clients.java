import java.io.EOFException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The clients: a thread each, who do one kind of thing again and again until they are stopped. */
final class Clients {
    /** One go of a client, on a connection that is kept as long as both sides want; what came of it. */
    private interface Go {
        String on(Wire wire) throws IOException;
    }

    private static final Pattern OUTCOME = Pattern.compile("\r\nProxy-Status: weir[^\r]*details=\"([^\"]*)\"");
    private static final int UPLOAD_BYTES = 200_000;
    private static final int ENOUGH_BYTES = 64 * 1024;
    private static final int STOP_MILLIS = 3_000;

    private final int port;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Set<Thread> threads = new HashSet<>();
    /** By kind and what came of it. */
    private final Map<String, LongAdder> results = new ConcurrentSkipListMap<>();

    private final long start = System.nanoTime();
    /** Of each kind and outcome of Weir's own, when it came first and last; the first one in full. */
    private final Map<String, String> explanations = new ConcurrentSkipListMap<>();

    Clients(int port) {
        this.port = port;
    }

    void start() {
        some(8, 4, "GET", wire -> get(wire, "/good/x"));
        some(4, 10, "GET, idle closed", wire -> get(wire, "/closes-idle/x"));
        some(2, 20, "POST, idle closed", wire -> post(wire, "/closes-idle/x"));
        some(3, 20, "download 100 KB", wire -> get(wire, "/good/big"));
        some(3, 20, "upload 200 KB", wire -> post(wire, "/good/x"));
        some(3, 50, "reader that stops", Clients::stopReading);
        some(2, 100, "leaves in its body", Clients::leaveSending);
        some(2, 100, "leaves in the answer", Clients::leaveReading);
        some(2, 100, "leaves while waiting", Clients::leaveWaiting);
        some(2, 50, "GET, reset", wire -> get(wire, "/resets/big"));
        some(4, 50, "GET, never answered", wire -> get(wire, "/never-answers/x"));
        some(2, 20, "GET, Connection: close", wire -> get(wire, "/closes-each/x"));
        some(2, 50, "GET, refused", wire -> get(wire, "/refuses/x"));
    }

    /** Ends all of them, and waits until they have. */
    void stop() throws InterruptedException {
        stopped.set(true);
        for (Thread thread : threads) {
            thread.join(30_000);
        }
    }

    Map<String, LongAdder> results() {
        return results;
    }

    Map<String, String> explanations() {
        return explanations;
    }

    private void some(int count, int pauseMillis, String kind, Go go) {
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> repeat(kind, pauseMillis, go), kind);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void repeat(String kind, int pauseMillis, Go go) {
        while (!stopped.get()) {
            try (Wire wire = Wire.to(port)) {
                boolean goesOn = true;
                while (goesOn && !stopped.get()) {
                    count(kind, go.on(wire));
                    pause(ThreadLocalRandom.current().nextInt(2 * pauseMillis));
                    goesOn = !wire.socket.isClosed() && !wire.endsHere();
                }
            } catch (IOException e) {
                count(kind, "cut");
                pause(pauseMillis);
            }
        }
    }

    private void count(String kind, String result) {
        results.computeIfAbsent(kind + ": " + result, key -> new LongAdder()).increment();
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String get(Wire wire, String path) throws IOException {
        wire.send("GET " + path + " HTTP/1.1\r\nHost: soak\r\n\r\n");
        return answer(wire);
    }

    private String post(Wire wire, String path) throws IOException {
        wire.send("POST " + path + " HTTP/1.1\r\nHost: soak\r\nContent-Length: " + UPLOAD_BYTES + "\r\n\r\n");
        wire.sendBody(UPLOAD_BYTES);
        return answer(wire);
    }

    private String answer(Wire wire) throws IOException {
        String head = wire.readHead();
        if (head.isEmpty()) {
            throw new EOFException("closed without an answer");
        }
        Matcher ours = OUTCOME.matcher(head);
        if (!ours.find()) {
            wire.readBody(Long.MAX_VALUE);
            return head.substring(9, 12);
        }
        String text = wire.text().strip();
        String result = head.substring(9, 12) + " " + ours.group(1);
        // A client's thread has its kind's name.
        String what = Thread.currentThread().getName() + ": " + result;
        long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        explanations.putIfAbsent("the first " + what, "after " + second + " s, " + text);
        explanations.put("the last  " + what, "after " + second + " s");
        return result;
    }

    private static String stopReading(Wire wire) throws IOException {
        wire.send("GET /good/huge HTTP/1.1\r\nHost: soak\r\n\r\n");
        wire.readHead();
        wire.readBody(ENOUGH_BYTES);
        pause(ThreadLocalRandom.current().nextInt(2 * STOP_MILLIS));
        wire.close();
        return "left";
    }

    private static String leaveSending(Wire wire) throws IOException {
        wire.send("POST /good/x HTTP/1.1\r\nHost: soak\r\nContent-Length: " + UPLOAD_BYTES + "\r\n\r\n");
        wire.sendBody(UPLOAD_BYTES / 2);
        wire.close();
        return "left";
    }

    private static String leaveReading(Wire wire) throws IOException {
        wire.send("GET /good/huge HTTP/1.1\r\nHost: soak\r\n\r\n");
        wire.readHead();
        wire.readBody(ENOUGH_BYTES);
        wire.reset();
        return "left";
    }

    private static String leaveWaiting(Wire wire) throws IOException {
        wire.send("GET /never-answers/x HTTP/1.1\r\nHost: soak\r\n\r\n");
        pause(ThreadLocalRandom.current().nextInt(500));
        wire.close();
        return "left";
    }
}
