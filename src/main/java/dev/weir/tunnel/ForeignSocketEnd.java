package dev.weir.tunnel;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;

/**
 * A {@link SocketEnd} where Jetty is the container: its end points and connections are of the server's own types, which
 * have the same names as those that the web application brings, and are others. So the connection is a {@link Proxy} of
 * theirs, and the end point is asked by reflection; of the public interfaces of {@code jetty-io} nothing else is used.
 */
public final class ForeignSocketEnd implements TunnelEnd, InvocationHandler {
    private static final String IO = "org.eclipse.jetty.io.";

    private final Object endPoint;
    private final Class<?> endPoints;
    private final Class<?> callbacks;
    private final Object connection;
    private final TcpSocket socket;
    private final boolean secure;
    private Consumer<TunnelEnd> opened = end -> {};
    private final EarlyBytes early = new EarlyBytes();

    private ForeignSocketEnd(Object endPoint) throws ReflectiveOperationException, IOException {
        ClassLoader servers = endPoint.getClass().getClassLoader();
        this.endPoint = endPoint;
        endPoints = servers.loadClass(IO + "EndPoint");
        callbacks = servers.loadClass("org.eclipse.jetty.util.Callback");
        connection = Proxy.newProxyInstance(
                servers,
                new Class<?>[] {servers.loadClass(IO + "Connection"), servers.loadClass(IO + "Connection$UpgradeTo")},
                this);
        socket = TcpSocket.of(ask("getTransport"));
        secure = (boolean) ask("isSecure");
        endPoints.getMethod("fill", ByteBuffer.class);
        endPoints.getMethod("fillInterested", callbacks);
        endPoints.getMethod("write", callbacks, ByteBuffer[].class);
    }

    /** An end over a server's end point; null where that is none, or another Jetty's than we know. */
    public static ForeignSocketEnd over(Object endPoint) {
        try {
            return endPoint == null ? null : new ForeignSocketEnd(endPoint);
        } catch (ReflectiveOperationException | IOException | RuntimeException notReached) {
            return null;
        }
    }

    /**
     * What takes the place of the HTTP connection.
     *
     * @param listener told when it has
     */
    public Object connection(Consumer<TunnelEnd> listener) {
        opened = listener;
        return connection;
    }

    /** What the server asks of the connection. */
    @Override
    public Object invoke(Object proxy, Method method, Object[] args) throws IOException {
        switch (method.getName()) {
            case "getEndPoint" -> {
                return endPoint;
            }
            case "onUpgradeTo" -> early.are((ByteBuffer) args[0]);
            case "onOpen" -> {
                // The tunnel's own timer rules.
                call("setIdleTimeout", new Class<?>[] {long.class}, 0L);
                opened.accept(this);
            }
            case "close" -> abort();
            default -> {
                return answer(proxy, method, args);
            }
        }
        return null;
    }

    /** What any object must know, and nothing of all the counts that a connection may have. */
    private static Object answer(Object proxy, Method method, Object[] args) {
        return switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == args[0];
            case "toString" -> "tunnel";
            default -> nothing(method.getReturnType());
        };
    }

    private static Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == long.class) {
            return 0L;
        }
        return type == int.class ? 0 : null;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int first = early.moveTo(into);
        if (first > 0) {
            return first;
        }
        int read = (int) call("fill", new Class<?>[] {ByteBuffer.class}, into);
        if (read < 0 && socket != null) {
            socket.failWhereReset();
        }
        return read;
    }

    @Override
    public void whenReadable(Callback callback) {
        callOrFail(callback, "fillInterested", new Class<?>[] {callbacks}, theirs(callback));
    }

    @Override
    public void write(ByteBuffer from, Callback callback) {
        callOrFail(
                callback, "write", new Class<?>[] {callbacks, ByteBuffer[].class}, theirs(callback), new ByteBuffer[] {
                    from
                });
    }

    private Object theirs(Callback ours) {
        return Proxy.newProxyInstance(callbacks.getClassLoader(), new Class<?>[] {callbacks}, (proxy, method, args) -> {
            switch (method.getName()) {
                case "succeeded" -> ours.succeeded();
                case "failed" -> ours.failed((Throwable) args[0]);
                case "getInvocationType" -> {
                    return method.getReturnType().getField("NON_BLOCKING").get(null);
                }
                default -> {
                    return answer(proxy, method, args);
                }
            }
            return null;
        });
    }

    @Override
    public void finish(Callback callback) {
        try {
            if (socket != null && !secure) {
                socket.finish();
            } else {
                ask("shutdownOutput");
            }
        } catch (IOException gone) {
            callback.failed(gone);
            return;
        }
        callback.succeeded();
    }

    @Override
    public void end() {
        try {
            ask("close");
        } catch (IOException never) {
            throw new IllegalStateException(never);
        }
    }

    @Override
    public void abort() {
        if (socket != null) {
            socket.resetOnClose();
        }
        end();
    }

    private Object ask(String getter) throws IOException {
        return call(getter, new Class<?>[0]);
    }

    private void callOrFail(Callback callback, String method, Class<?>[] types, Object... args) {
        try {
            call(method, types, args);
        } catch (IOException | RuntimeException failed) {
            callback.failed(failed);
        }
    }

    private Object call(String method, Class<?>[] types, Object... args) throws IOException {
        try {
            return endPoints.getMethod(method, types).invoke(endPoint, args);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(thrown.getCause());
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException(other);
        }
    }
}
