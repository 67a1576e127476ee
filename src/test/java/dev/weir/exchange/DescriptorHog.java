package dev.weir.exchange;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.weir.boot.Launcher;
import dev.weir.boot.Options;
import dev.weir.boot.RunningLauncher;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A process with the launcher and with other code that opens descriptors: each line on standard input is the number of
 * files that it shall have open, as many as it gets; each is answered with the number that it has. First it says its port,
 * how many descriptors it has open without them, a jar of the class path each, and the port of its pages.
 */
final class DescriptorHog {
    private static final Deque<FileInputStream> FILES = new ArrayDeque<>();

    private DescriptorHog() {}

    public static void main(String[] args) throws Exception {
        try (RunningLauncher launcher = Launcher.start(Options.of(args));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            System.out.println(launcher.uri().getPort() + " " + system.getOpenFileDescriptorCount() + " "
                    + launcher.pages().getPort());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(have(Integer.parseInt(line)));
            }
        }
        System.exit(0);
    }

    private static int have(int wanted) throws IOException {
        while (FILES.size() > wanted) {
            FILES.pop().close();
        }
        try {
            while (FILES.size() < wanted) {
                FILES.push(new FileInputStream("/dev/null"));
            }
        } catch (IOException tooManyOpenFiles) {
            return FILES.size();
        }
        return FILES.size();
    }
}
