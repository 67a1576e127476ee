package dev.weir.it;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A request and its response, made of the same random numbers: what HTTP/1.1 allows in every home, in all its variety.
 *
 * @param bodiless whether the response has no content whatever its fields say
 */
record RandomExchange(String method, String rest, String fields, byte[] body, byte[] response, boolean bodiless) {
    private static final String[] METHODS = {
        "GET", "GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"
    };
    private static final int[] STATUSES = {
        200, 200, 200, 201, 202, 204, 206, 301, 304, 400, 401, 404, 410, 422, 429, 500, 503
    };
    private static final String PATH_CHARACTERS = "abcXYZ019-._~!$&'()*+,;=:@/";
    private static final String[] ESCAPES = {"%20", "%2B", "%3D", "%C3%A4", "%3f", "%7E", "%25", "%2F"};
    private static final String VALUE_CHARACTERS = "abcXYZ 019!#$%&'()*+-./:;<=>?@[]^_`{|}~\",\u00e4\u00ff\t";
    private static final int MOST_FIELDS = 12;
    private static final int[] SIZES = {0, 1, 7, 500, 8_191, 8_192, 40_000};

    static RandomExchange of(long seed) {
        Random random = new Random(seed);
        String method = METHODS[random.nextInt(METHODS.length)];
        boolean upload = random.nextInt(3) == 0 || method.startsWith("P");
        byte[] content = upload ? Payload.of(SIZES[random.nextInt(SIZES.length)], seed) : new byte[0];
        boolean chunked = upload && random.nextBoolean();
        String framing = !upload ? "" : chunked ? "Transfer-Encoding: chunked\r\n" : length(content);
        int status = STATUSES[random.nextInt(STATUSES.length)];
        boolean bodiless = method.equals("HEAD") || status == 204 || status == 304;
        return new RandomExchange(
                method,
                path(random) + query(random),
                fields("X-Request-", random) + framing,
                chunked ? Payload.chunked(content, 1 + random.nextInt(5_000)) : content,
                response(status, bodiless, random),
                bodiless);
    }

    private static String length(byte[] content) {
        return "Content-Length: " + content.length + "\r\n";
    }

    private static byte[] response(int status, boolean bodiless, Random random) {
        String head = "HTTP/1.1 " + status + " Some\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nServer: origin\r\n"
                + fields("X-Response-", random);
        if (bodiless) {
            return (head + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        }
        byte[] content = Payload.of(SIZES[random.nextInt(SIZES.length)], random.nextLong());
        return random.nextBoolean()
                ? Payload.message(head + length(content) + "\r\n", content)
                : Payload.message(
                        head + "Transfer-Encoding: chunked\r\n\r\n",
                        Payload.chunked(content, 1 + random.nextInt(5_000)));
    }

    /** Names that repeat now and then, with values of all that RFC 9110 §5.5 allows; none begins or ends with space. */
    private static String fields(String prefix, Random random) {
        return IntStream.range(0, random.nextInt(MOST_FIELDS))
                .mapToObj(i -> prefix + (char) ('A' + random.nextInt(8)) + ": "
                        + text(VALUE_CHARACTERS, random.nextInt(60), random).strip() + "\r\n")
                .collect(Collectors.joining());
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder("/");
        for (int pieces = random.nextInt(8); pieces > 0; pieces--) {
            path.append(
                    random.nextInt(4) == 0
                            ? ESCAPES[random.nextInt(ESCAPES.length)]
                            : text(PATH_CHARACTERS, 1 + random.nextInt(6), random));
        }
        // What climbs is refused, which other tests hold.
        return path.toString().replace("..", ".x").replace("/.", "/x");
    }

    private static String query(Random random) {
        if (random.nextBoolean()) {
            return "";
        }
        return "?" + text(PATH_CHARACTERS + "?|{}", random.nextInt(30), random);
    }

    private static String text(String characters, int length, Random random) {
        return random.ints(length, 0, characters.length())
                .mapToObj(characters::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    /** The request's bytes, for a target and with the fields of its hop. */
    byte[] request(String prefix, String host, String id) {
        return Payload.message(
                method + " " + prefix + rest + " HTTP/1.1\r\nHost: " + host + "\r\nX-Case: " + id + "\r\n" + fields
                        + "\r\n",
                body);
    }
}
