package dev.weir.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file in PEM form holds (RFC 7468): blocks of bytes with a label, and between them text that means nothing.
 *
 * @param blocks in the file's order
 */
record PemFile(List<Block> blocks) {
    /** A chain and a key take a few KiB; nothing beyond this is read. */
    private static final int MOST_BYTES = 1 << 20;

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    /** @param label such as {@code CERTIFICATE} */
    record Block(String label, byte[] bytes) {}

    /** The file's bytes, at most 1 MiB of them. */
    static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES);
        }
    }

    /**
     * Takes a file's bytes apart.
     *
     * @throws IllegalArgumentException where a block is not base64
     */
    static PemFile of(byte[] content) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(content, StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), bytes(matcher.group(2))));
        }
        return new PemFile(blocks);
    }

    /** Blocks of old encrypted keys have fields before their base64; their bytes are not wanted. */
    private static byte[] bytes(String text) {
        return text.contains(":") ? new byte[0] : Base64.getMimeDecoder().decode(text);
    }

    /** Those with this label. */
    List<byte[]> labelled(String label) {
        return blocks.stream()
                .filter(block -> block.label().equals(label))
                .map(Block::bytes)
                .toList();
    }

    /** Whether there is a block whose label ends so. */
    boolean hasLabelEndingIn(String end) {
        return blocks.stream().anyMatch(block -> block.label().endsWith(end));
    }
}
