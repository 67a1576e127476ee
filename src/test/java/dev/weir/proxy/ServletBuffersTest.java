package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.exchange.Home;
import dev.weir.exchange.JettyHome;
import dev.weir.exchange.TomcatHome;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.content.ByteBufferContentSource;
import org.junit.jupiter.api.Test;

class ServletBuffersTest {
    private final List<Object> sizes = new ArrayList<>();
    private final HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("setBufferSize");
                sizes.add(arguments[0]);
                return null;
            });

    private static ServletBuffers buffers(Home home) {
        return ServletBuffers.probe(new ArrayByteBufferPool(), home);
    }

    private static Answer answer(int status, String... length) {
        HttpFields.Mutable fields = HttpFields.build();
        List.of(length).forEach(one -> fields.add("Content-Length", one));
        return new Answer(status, fields, new ByteBufferContentSource(ByteBuffer.allocate(0)), () -> null);
    }

    private List<Object> sizes(Home home, Answer answer) {
        sizes.clear();
        buffers(home).makeRoom(response, answer);
        return sizes;
    }

    @Test
    void aLargeBodyHasRoomForAReadWhereTheContainerBuffersWrites() {
        assertThat(sizes(new TomcatHome(), answer(200, "8193"))).containsExactly(65536);
        assertThat(sizes(new TomcatHome(), answer(200))).containsExactly(65536);
        assertThat(sizes(new TomcatHome(), answer(200, "8192"))).isEmpty();
        assertThat(sizes(new TomcatHome(), answer(304))).isEmpty();
        assertThat(sizes(new JettyHome(), answer(200, "8193"))).isEmpty();
    }

    @Test
    void whatIsMoreThanTheContainersOwnBufferIsFlushed() {
        assertThat(buffers(new TomcatHome()).isFlushed(8193)).isTrue();
        assertThat(buffers(new TomcatHome()).isFlushed(8192)).isFalse();
        assertThat(buffers(new JettyHome()).isFlushed(65536)).isFalse();
    }
}
