package dev.weir.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamConnectorTest {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theKernelProbesWhereItIsTold(boolean told) throws IOException {
        try (SocketChannel socket = SocketChannel.open()) {
            new UpstreamConnector(told, null).configure(socket);
            assertThat(socket.getOption(StandardSocketOptions.SO_KEEPALIVE)).isEqualTo(told);
        }
    }
}
