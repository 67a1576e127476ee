package dev.weir.limits;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * The sockets that this process has open, by the inodes under which {@link KernelSockets} lists them. Linux alone tells.
 *
 * <p>Threads: any. Each look reads a link for every descriptor: off the data path.
 */
public final class ProcessSockets {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final String PREFIX = "socket:[";

    private ProcessSockets() {}

    /**
     * Those of now.
     *
     * @throws IOException where they cannot be listed; it takes a descriptor
     */
    public static Set<Long> inodes() throws IOException {
        Set<Long> inodes = new HashSet<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path descriptor : descriptors) {
                String target = target(descriptor);
                if (target.startsWith(PREFIX)) {
                    inodes.add(Long.parseLong(target.substring(PREFIX.length(), target.length() - 1)));
                }
            }
        }
        return inodes;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
