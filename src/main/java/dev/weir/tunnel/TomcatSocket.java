package dev.weir.tunnel;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * The socket below an upgraded connection of Tomcat's, for what the Servlet API has no word for: to be called by one of
 * Tomcat's threads, to end one direction, to cut, and to close at once.
 *
 * <p>By reflection: one private field of {@code UpgradeServletOutputStream}, then public methods of
 * {@code SocketWrapperBase} and {@code NioChannel}.
 *
 * <p>Threads: any.
 */
final class TomcatSocket {
    /** The plain channel; the one for TLS is a class derived from it. */
    private static final String PLAIN_CHANNEL = "NioChannel";

    private final Object wrapper;
    private final Object read;
    private final Object stop;

    private TomcatSocket(Object wrapper) throws ReflectiveOperationException {
        this.wrapper = wrapper;
        Class<?> event = Class.forName(
                "org.apache.tomcat.util.net.SocketEvent",
                false,
                wrapper.getClass().getClassLoader());
        this.read = event.getField("OPEN_READ").get(null);
        this.stop = event.getField("STOP").get(null);
    }

    /** The socket below a stream; null where it is not Tomcat's, or another Tomcat's than we know. */
    static TomcatSocket below(ServletOutputStream stream) {
        try {
            Field field = stream.getClass().getDeclaredField("socketWrapper");
            field.setAccessible(true);
            return new TomcatSocket(field.get(stream));
        } catch (ReflectiveOperationException | RuntimeException notReached) {
            return null;
        }
    }

    /** Has one of Tomcat's threads look for bytes from the client. */
    void wake() {
        tell(read);
    }

    /** Has one of Tomcat's threads close the connection. */
    void close() {
        tell(stop);
    }

    private void tell(Object event) {
        try {
            wrapper.getClass()
                    .getMethod("processSocket", event.getClass(), boolean.class)
                    .invoke(wrapper, event, true);
        } catch (ReflectiveOperationException closed) {
            // It has an end of its own then, which its streams tell.
        }
    }

    /** Makes the close to come a reset. */
    void resetOnClose() {
        try {
            channel().setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (ReflectiveOperationException | IOException | ClassCastException notReached) {
            // The close stays what it is.
        }
    }

    /** Ends the direction to the client; false where that cannot be without ending the other one. */
    boolean finish() throws IOException {
        try {
            if (!ask(wrapper, "getSocket").getClass().getSimpleName().equals(PLAIN_CHANNEL)) {
                return false;
            }
            channel().shutdownOutput();
            return true;
        } catch (ReflectiveOperationException | ClassCastException notReached) {
            return false;
        }
    }

    private SocketChannel channel() throws ReflectiveOperationException {
        return (SocketChannel) ask(ask(wrapper, "getSocket"), "getIOChannel");
    }

    private static Object ask(Object tomcats, String getter) throws ReflectiveOperationException {
        return tomcats.getClass().getMethod(getter).invoke(tomcats);
    }
}
