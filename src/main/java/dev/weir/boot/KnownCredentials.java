package dev.weir.boot;

import dev.weir.exchange.Clock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names and passwords that turned out to be right, each for {@value #LIFE_SECONDS} s; at most {@value #MOST}, the one used
 * longest ago goes first. Kept as digests under a key that this process alone has, and nobody's password.
 *
 * <p>Threads: any.
 */
final class KnownCredentials {
    private static final int MOST = 1024;
    private static final int LIFE_SECONDS = 60;
    private static final String ALGORITHM = "HmacSHA256";

    private final Clock clock;
    private final SecretKeySpec key;
    private final Map<ByteBuffer, Long> endNanos = new LinkedHashMap<>(16, 0.75F, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Long> eldest) {
            return size() > MOST;
        }
    };

    KnownCredentials(Clock clock) {
        this.clock = clock;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, ALGORITHM);
    }

    boolean has(String user, String password) {
        ByteBuffer digest = digest(user, password);
        synchronized (this) {
            Long end = endNanos.get(digest);
            if (end != null && end - clock.nanoTime() <= 0) {
                endNanos.remove(digest);
                return false;
            }
            return end != null;
        }
    }

    void add(String user, String password) {
        ByteBuffer digest = digest(user, password);
        synchronized (this) {
            endNanos.put(digest, clock.nanoTime() + TimeUnit.SECONDS.toNanos(LIFE_SECONDS));
        }
    }

    synchronized void forget() {
        endNanos.clear();
    }

    /** Names have no colon, so that no two pairs are the same text. */
    private ByteBuffer digest(String user, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return ByteBuffer.wrap(mac.doFinal((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every JVM has it
        }
    }
}
