package dev.weir.exchange;

import java.io.IOException;

/**
 * Tomcat, 11 and 10.1, and any other container we do not know.
 *
 * <p>Neither {@code sendError} nor {@code complete} closes a committed message there: the first throws, the second ends
 * the message cleanly. What closes it is an exception out of {@code service}, so the exchange is dispatched once more
 * and the servlet throws at once.
 */
public final class TomcatHome implements Home {
    @Override
    public String name() {
        return "tomcat";
    }

    @Override
    public void abort(Exchange exchange) {
        exchange.markAborted();
        try {
            exchange.request().getAsyncContext().dispatch();
        } catch (IllegalStateException alreadyEnded) {
            // The container ended the exchange first: it found the client gone.
        }
    }

    /** What the dispatched servlet throws. Tomcat logs its own exception at debug level, any other with its stack. */
    public static IOException abortion(ClassLoader container) {
        String message = "the upstream failed after its response head";
        try {
            Class<?> closeNow = Class.forName("org.apache.coyote.CloseNowException", false, container);
            return (IOException) closeNow.getConstructor(String.class).newInstance(message);
        } catch (ReflectiveOperationException notTomcat) {
            return new IOException(message);
        }
    }
}
