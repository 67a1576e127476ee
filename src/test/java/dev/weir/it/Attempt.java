package dev.weir.it;

import dev.weir.wire.Client;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One start of a home, over when the home has said how it went. */
final class Attempt {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Launch launch;
    private final HomeProcess process;
    private final OptionalInt exitCode;
    private final String log;

    /** Starts the process, and waits until it says that it is ready, or ends. */
    Attempt(Launch launch, Deployment deployment, Path base, Path logFile) {
        this.launch = launch;
        this.process = HomeProcess.start(launch, deployment, base, logFile);
        try {
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(PATIENCE)
                    .until(() -> !process.alive()
                            || launch.ready().matcher(process.log()).find());
        } catch (ConditionTimeoutException e) {
            process.kill();
            throw new AssertionError("neither ready nor ended after " + PATIENCE + ", " + lastOf(process.log()), e);
        }
        this.exitCode = process.exitCode();
        this.log = process.log();
    }

    boolean failed() {
        return exitCode.isPresent() || launch.failure().matcher(log).find();
    }

    RunningWeir running() {
        if (failed()) {
            process.kill();
            throw new AssertionError("not started, exit code " + exitCode + ", " + lastOf(log));
        }
        Matcher port = launch.port().matcher(log);
        if (!port.find()) {
            process.kill();
            throw new AssertionError("no port, " + lastOf(log));
        }
        return new RunningWeir(process, launch.contextPath(), Integer.parseInt(port.group(1)));
    }

    FailedStart failure() {
        String served = served();
        process.kill();
        if (!failed()) {
            throw new AssertionError("started, " + lastOf(log));
        }
        Matcher failure = launch.failure().matcher(log);
        int line = failure.find() ? log.lastIndexOf('\n', failure.start()) + 1 : 0;
        return new FailedStart(exitCode, log.substring(line), log, served);
    }

    private String served() {
        Matcher port = launch.port().matcher(log);
        if (exitCode.isPresent() || !port.find()) {
            return "";
        }
        try (Client client = Client.connect("127.0.0.1", Integer.parseInt(port.group(1)))) {
            client.send("GET " + launch.contextPath() + "/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
            return client.receiveHead().statusLine();
        }
    }

    private String lastOf(String text) {
        return process.logFile() + " ends with:\n" + text.substring(Math.max(0, text.length() - 6000));
    }
}
