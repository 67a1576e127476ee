import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

/** What the upstream serves, and what is posted: always the same bytes, which no compression would shrink. */
final class Bodies {
    private static final int KIB = 1024;
    private static final long SEED = 6;
    private static final Map<String, Integer> SIZES = Map.of(
            "1k", KIB, "10k", 10 * KIB, "100k", 100 * KIB, "1m", KIB * KIB, "10m", 10 * KIB * KIB);

    static final int UPLOAD_BYTES = KIB * KIB;

    private Bodies() {}

    static void write(Path folder) throws IOException {
        for (Map.Entry<String, Integer> file : SIZES.entrySet()) {
            Files.write(folder.resolve(file.getKey()), bytes(file.getValue()));
        }
    }

    /** What a GET of this resource has to yield. */
    static byte[] of(Workload workload) {
        return bytes(SIZES.getOrDefault(workload.resource, KIB));
    }

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(SEED).nextBytes(bytes);
        return bytes;
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
