import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A proxy or an upstream that runs, and what it takes. Threads: any; a hook ends what is left when the rig ends. */
final class Running implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 10;
    /** So long it is asked every millisecond, then, when something seems wrong with it, now and then. */
    private static final int PROMPT_MILLIS = 8_000;

    private static final int LATE_PAUSE_MILLIS = 1_000;
    private static final int SHOWN_LINES = 12;
    private static final int SHOWN_BYTES = 2_000;
    private static final Set<Process> STARTED = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> STARTED.forEach(Running::kill)));
    }

    private final Process process;
    private final int port;
    private final long startNanos;

    private Running(Process process, int port, long startNanos) {
        this.process = process;
        this.port = port;
        this.startNanos = startNanos;
    }

    /** Starts it and waits until it answers {@code GET /proxy/1k} with what the upstream has there. */
    static Running start(String name, List<String> command, int port, Path folder)
            throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .directory(folder.toFile());
        // Weir would take them for settings.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("WEIR_"));
        long start = System.nanoTime();
        Process process = builder.start();
        STARTED.add(process);
        while (!FirstAnswer.from(port)) {
            if (!process.isAlive() || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(START_SECONDS)) {
                kill(process);
                throw new IOException(name + " did not start, or gave no right answer; its log ends:\n" + end(log));
            }
            long waited = (System.nanoTime() - start) / 1_000_000;
            Thread.sleep(waited < PROMPT_MILLIS ? 1 : LATE_PAUSE_MILLIS);
        }
        return new Running(process, port, System.nanoTime() - start);
    }

    static Running start(Peer peer, Workload workload, Upstream upstream, Path work, Options options)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(work, peer.name() + "-");
        Origins origins = workload.destinations == 0 ? Origins.NONE : upstream.origins();
        Site site = new Site(freePort(), upstream.port(), origins, folder, workload, options);
        return start(peer.name(), peer.command(site), site.port(), folder);
    }

    private static String end(Path log) throws IOException {
        try (FileChannel file = FileChannel.open(log)) {
            file.position(Math.max(0, file.size() - SHOWN_BYTES));
            ByteBuffer bytes = ByteBuffer.allocate(SHOWN_BYTES);
            file.read(bytes);
            List<String> lines = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** From exec to its first right answer. */
    double startMillis() {
        return startNanos / 1e6;
    }

    ProcessTree tree() {
        return new ProcessTree(process.toHandle());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kill(process);
    }

    /** Whatever is left of it; nothing where it has ended by itself. */
    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        STARTED.remove(process);
    }
}
