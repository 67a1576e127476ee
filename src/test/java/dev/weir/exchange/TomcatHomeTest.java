package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TomcatHomeTest {
    private static final Map<String, String> REQUEST =
            Map.of("getMethod", "POST", "getRequestURI", "/a", "getProtocol", "HTTP/1.1");

    /** One early response was lost so, in a run of all tests: Tomcat had a read in hand when the exchange completed. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsHeldBackOfAnEarlyResponseIsSentBeforeTheExchangeCompletes(boolean ready) {
        Out out = new Out(ready);
        HttpServletRequest request = fake(HttpServletRequest.class, REQUEST);
        HttpServletResponse response = fake(HttpServletResponse.class, Map.of("getOutputStream", out));

        boolean sendsTheRest = new TomcatHome().sendEnd(Exchange.open(request, response, null));

        assertThat(sendsTheRest).isFalse();
        assertThat(out.flushes).isEqualTo(ready ? 1 : 0);
    }

    private static <T> T fake(Class<T> type, Map<String, ?> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (fake, method, asked) -> answers.get(method.getName())));
    }

    /** Not ready, it may not be flushed: it would throw. */
    private static final class Out extends ServletOutputStream {
        private final boolean ready;
        private int flushes;

        private Out(boolean ready) {
            this.ready = ready;
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(int octet) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void flush() {
            flushes++;
        }
    }
}
