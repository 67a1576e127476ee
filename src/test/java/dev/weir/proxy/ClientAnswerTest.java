package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.JettyHome;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.junit.jupiter.api.Test;

class ClientAnswerTest {
    private final JettyHome home = new JettyHome();
    private final AtomicReference<ClientAnswer> answer = new AtomicReference<>();
    private boolean containerWaited;
    private boolean ended;

    private final AnswerListener listener = new AnswerListener() {
        @Override
        public void onProgress() {}

        @Override
        public void onSourceFailure(Throwable cause) {
            throw new AssertionError(cause);
        }

        @Override
        public void onClientGone() {
            throw new AssertionError("nobody left");
        }

        @Override
        public void beforeEnd() {}

        @Override
        public void onSwitch() {
            throw new AssertionError("nothing to switch to");
        }

        @Override
        public boolean throwAwayRest() {
            return false;
        }

        @Override
        public void onEnd(boolean whole) {
            ended = whole;
        }
    };

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Tells the end on a thread of its own, as Tomcat does, before {@code complete} has returned. */
    private Object complete() throws InterruptedException {
        Thread container = new Thread(answer.get()::containerEnded);
        container.start();
        container.join(Duration.ofSeconds(5).toMillis());
        containerWaited = container.isAlive();
        return null;
    }

    private Exchange exchange() {
        AsyncContext async = fake(AsyncContext.class, (proxy, method, arguments) -> complete());
        ServletOutputStream out = new AlwaysReady();
        HttpServletRequest request =
                fake(HttpServletRequest.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getMethod" -> "GET";
                    case "getProtocol" -> "HTTP/1.1";
                    case "getAsyncContext" -> async;
                    default -> null;
                });
        HttpServletResponse response = fake(
                HttpServletResponse.class,
                (proxy, method, arguments) -> method.getReturnType() == void.class ? null : out);
        return Exchange.open(request, response, null);
    }

    @Test
    void theContainersThreadThatLearnsOfTheEndDoesNotWaitForTheOneThatToldIt() throws Exception {
        ServletBuffers buffers = ServletBuffers.probe(new ArrayByteBufferPool(), home);
        answer.set(new ClientAnswer(exchange(), home, buffers, listener));
        answer.get()
                .answer(new Answer(
                        204, HttpFields.EMPTY, new ByteBufferContentSource(ByteBuffer.allocate(0)), () -> null));
        assertThat(ended).isTrue();
        assertThat(containerWaited).isFalse();
    }

    private static final class AlwaysReady extends ServletOutputStream {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(jakarta.servlet.WriteListener listener) {}

        @Override
        public void write(int oneByte) {}
    }
}
