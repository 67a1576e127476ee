package dev.weir.boot;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.weir.config.BadValueException;
import dev.weir.config.UserFile;
import dev.weir.exchange.Clock;
import dev.weir.exchange.ProxyUsers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of a file of hashed passwords, which is read again when it has changed; a file that cannot be read any more
 * leaves those before it in force, and one line in the log.
 *
 * <p>A hash is slow on purpose. At most {@value #HASHING_SHARE_OF_CORES}th of the processors hash at once, at most
 * {@value #MOST_INSIDE} requests are at it or wait for it, {@value #WAIT_SECONDS} s each: a flood of wrong passwords takes
 * neither all processors nor all threads. Who was right is known again for a while, see {@link KnownCredentials}. A name
 * that nobody has costs as much as one that somebody has.
 *
 * <p>Threads: those of requests.
 */
final class HashedUsers implements ProxyUsers {
    private static final Logger LOG = LoggerFactory.getLogger(HashedUsers.class);
    private static final int HASHING_SHARE_OF_CORES = 2;
    private static final int MOST_INSIDE = 16;
    private static final int WAIT_SECONDS = 2;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** All that bcrypt takes of a password; {@code htpasswd} cuts it there, too. */
    private static final int MOST_BYTES = 72;

    /** What is told of a file without reading it. */
    private record Version(Object modified, long size, Object key) {}

    private final Path path;
    private final Clock clock;
    private final KnownCredentials known;
    private final Semaphore inside = new Semaphore(MOST_INSIDE);
    private final Semaphore hashing =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / HASHING_SHARE_OF_CORES), true);
    private Version version;
    private long lookedNanos;
    private volatile UserFile users;

    /** Reads the file, which the configuration has checked. */
    HashedUsers(Path path, Clock clock) {
        this.path = path;
        this.clock = clock;
        this.known = new KnownCredentials(clock);
        this.version = version();
        this.users = UserFile.read(path);
        this.lookedNanos = clock.nanoTime();
    }

    @Override
    public Verdict check(String user, String password) {
        lookForChange();
        UserFile now = users;
        if (known.has(user, password)) {
            return Verdict.KNOWN;
        }
        if (!inside.tryAcquire()) {
            return Verdict.BUSY;
        }
        try {
            return inTurn(now, user, password);
        } finally {
            inside.release();
        }
    }

    private Verdict inTurn(UserFile now, String user, String password) {
        try {
            if (!hashing.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                return Verdict.BUSY;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Verdict.BUSY;
        }
        try {
            if (known.has(user, password)) {
                return Verdict.KNOWN; // since somebody else has asked the same meanwhile
            }
            boolean right = isRight(now, user, password);
            if (right) {
                known.add(user, password);
            }
            if (now != users) {
                known.forget(); // the file has changed meanwhile, and this one may have been in the old one alone
            }
            return right ? Verdict.KNOWN : Verdict.UNKNOWN;
        } finally {
            hashing.release();
        }
    }

    private static boolean isRight(UserFile users, String user, String password) {
        String hash = users.hashes().get(user);
        String compared = hash != null ? hash : costliest(users);
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        byte[] taken = Arrays.copyOf(bytes, Math.min(bytes.length, MOST_BYTES));
        boolean verified = BCrypt.verifyer().verify(taken, compared.getBytes(StandardCharsets.US_ASCII)).verified;
        return verified && hash != null;
    }

    /** The cost stands first in what differs. */
    private static String costliest(UserFile users) {
        return users.hashes().values().stream()
                .max(Comparator.comparing(hash -> hash.substring(4)))
                .orElseThrow();
    }

    private synchronized void lookForChange() {
        long now = clock.nanoTime();
        if (now - lookedNanos < LOOK_NANOS) {
            return;
        }
        lookedNanos = now;
        Version found = version();
        if (found.equals(version)) {
            return;
        }
        version = found;
        try {
            users = UserFile.read(path);
            known.forget();
            LOG.info("The forward proxy's users were read again: {}", users);
        } catch (BadValueException broken) {
            LOG.warn(
                    "The forward proxy's users are those of before, for the new file {} is bad: expected is {}",
                    path,
                    broken.getMessage());
        }
    }

    private Version version() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (IOException gone) {
            return new Version(List.of(), -1, null);
        }
    }
}
