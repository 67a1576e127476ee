package dev.weir.wire;

import java.util.List;
import java.util.Map;

/**
 * A message's content without its framing.
 *
 * @param trailers the trailer section of a chunked body, in wire order
 */
record Body(byte[] content, Ending ending, List<Map.Entry<String, String>> trailers) {
    static Body complete(byte[] content) {
        return new Body(content, Ending.COMPLETE, List.of());
    }

    static Body aborted(byte[] content) {
        return new Body(content, Ending.ABORTED, List.of());
    }
}
