package dev.weir.exchange;

import java.io.IOException;

/**
 * Jetty, as a container and below the launcher.
 *
 * @param name {@code jetty} or {@code launcher}
 */
public record JettyHome(String name) implements Home {
    private static final String LAUNCHER = "launcher";

    /** Jetty's documented meaning of this status: close the connection without ending the message. */
    private static final int ABORT = -1;

    @Override
    public boolean isAlone() {
        return name.equals(LAUNCHER);
    }

    @Override
    public void abort(Exchange exchange) {
        try {
            exchange.response().sendError(ABORT);
        } catch (IOException | IllegalStateException alreadyGone) {
            // The connection closed meanwhile, which is what was wanted.
        }
        exchange.complete();
    }
}
