package dev.weir.boot;

import static dev.weir.exchange.ProxyUsers.Verdict.BUSY;
import static dev.weir.exchange.ProxyUsers.Verdict.KNOWN;
import static dev.weir.exchange.ProxyUsers.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.weir.exchange.ProxyUsers.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashedUsersTest {
    /** Made by libxcrypt: another implementation's. */
    private static final String ANNE = "anne:$2y$05$abcdefghijklmnopqrstuupx2xBUC4954936wVIjyyPHmUBFu0wCW";

    private static final String BERT = "bert:$2b$04$abcdefghijklmnopqrstuuyx2n0Zzopyr9QuYTMCfOJJOj526QVoC";
    private static final String LONG = "long:$2y$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i";

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private Path file;
    private HashedUsers users;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("users"), "# a comment\n\n" + ANNE + "\n" + BERT + "\n" + LONG + "\n");
        users = new HashedUsers(file, nanos::get);
    }

    private void pass(int seconds) {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void whatAnotherImplementationHashedIsKnown() {
        assertThat(users.check("anne", "open sesame")).isEqualTo(KNOWN);
        assertThat(users.check("bert", "p\u00e4ssw\u00f6rd")).isEqualTo(KNOWN);
        assertThat(users.check("long", "x".repeat(100))).as("cut at 72 bytes").isEqualTo(KNOWN);
    }

    @Test
    void aWrongPasswordAndAnUnknownNameAreTheSame() {
        assertThat(users.check("anne", "open sesam")).isEqualTo(UNKNOWN);
        assertThat(users.check("anne", "")).isEqualTo(UNKNOWN);
        assertThat(users.check("bert", "open sesame")).isEqualTo(UNKNOWN);
        assertThat(users.check("nobody", "open sesame")).isEqualTo(UNKNOWN);
        assertThat(users.check("anne", "open sesame")).isEqualTo(KNOWN);
        assertThat(users.check("anne", "open sesame "))
                .as("though another is known")
                .isEqualTo(UNKNOWN);
    }

    @Test
    void aChangedFileIsReadAgainAndNobodyOfTheOldOneIsKnownAnyMore() throws IOException {
        assertThat(users.check("anne", "open sesame")).isEqualTo(KNOWN);
        Files.writeString(file, BERT + "\n");
        pass(2);
        assertThat(users.check("anne", "open sesame")).isEqualTo(UNKNOWN);
        assertThat(users.check("bert", "p\u00e4ssw\u00f6rd")).isEqualTo(KNOWN);
    }

    @Test
    void aBadFileLeavesThoseBeforeItInForce() throws IOException {
        Files.writeString(file, "anne:secret\n");
        pass(2);
        assertThat(users.check("anne", "open sesame")).isEqualTo(KNOWN);
        Files.delete(file);
        pass(2);
        assertThat(users.check("bert", "p\u00e4ssw\u00f6rd")).isEqualTo(KNOWN);
    }

    @Test
    void whoWasRightIsKnownWithoutAHashForAMinute() throws IOException {
        KnownCredentials known = new KnownCredentials(nanos::get);
        assertThat(known.has("anne", "open sesame")).isFalse();
        known.add("anne", "open sesame");
        pass(59);
        assertThat(known.has("anne", "open sesame")).isTrue();
        assertThat(known.has("anne", "other")).isFalse();
        pass(1);
        assertThat(known.has("anne", "open sesame")).isFalse();
    }

    @Test
    void atMost1024AreKnown() {
        KnownCredentials known = new KnownCredentials(nanos::get);
        for (int i = 0; i <= 1024; i++) {
            known.add("user" + i, "password");
        }
        assertThat(known.has("user0", "password")).isFalse();
        assertThat(known.has("user1", "password")).isTrue();
    }

    @Test
    void aFloodOfWrongPasswordsIsHashedByAFewAndTheOthersAreToldSoAtOnce() throws Exception {
        String slow = BCrypt.withDefaults().hashToString(11, "open sesame".toCharArray());
        Files.writeString(file, "anne:" + slow + "\n");
        HashedUsers flooded = new HashedUsers(file, nanos::get);
        int crowd = 40;
        CyclicBarrier together = new CyclicBarrier(crowd);
        ExecutorService threads = Executors.newFixedThreadPool(crowd);
        try {
            List<Callable<Verdict>> all = new ArrayList<>();
            for (int i = 0; i < crowd; i++) {
                String wrong = "wrong" + i;
                all.add(() -> {
                    together.await();
                    return flooded.check("anne", wrong);
                });
            }
            List<Verdict> verdicts = new ArrayList<>();
            for (Future<Verdict> one : threads.invokeAll(all)) {
                verdicts.add(one.get());
            }
            assertThat(verdicts).contains(UNKNOWN, BUSY).doesNotContain(KNOWN);
            assertThat(flooded.check("anne", "open sesame")).isEqualTo(KNOWN);
        } finally {
            threads.shutdownNow();
        }
    }
}
