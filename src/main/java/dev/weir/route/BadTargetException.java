package dev.weir.route;

/**
 * A request target that cannot be forwarded as it stands: outcome {@code bad-target}, status 400. Checked, so that the
 * compiler asks every caller for that answer; without a stack trace, since clients can cause as many as they like.
 *
 * <p>The message is one sentence for the client, in printable ASCII, and quotes at most {@value #QUOTED} characters.
 */
public final class BadTargetException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int QUOTED = 60;

    BadTargetException(String sentence) {
        super(sentence, null, false, false);
    }

    /** Client input, made fit for a message. */
    static String quote(String input) {
        String shown = input.length() <= QUOTED ? input : input.substring(0, QUOTED) + "...";
        return '"' + shown.replaceAll("[^ -~]", "?") + '"';
    }
}
