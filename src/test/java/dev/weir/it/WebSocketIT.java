package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.it.WebSocketEnds.Peer;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A WebSocket library on both ends (RFC 6455), with permessage-deflate (RFC 7692), and Weir in between. */
@Conforms(title = "WebSocket", to = "RFC 6455, RFC 7692")
class WebSocketIT {
    private static final int MEBIBYTE = 1 << 20;
    private static WebSocketEnds ends;

    @BeforeAll
    static void start() throws Exception {
        ends = new WebSocketEnds();
    }

    @AfterAll
    static void stop() throws Exception {
        ends.stop();
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void messagesComeBackAsTheyWereSent(Home home) throws Exception {
        try (RunningWeir weir = home.start(Deployment.of(RouteSpec.to("/ws", ends.upstream())))) {
            Peer peer = new Peer();
            Session session = ends.connect(echo(weir), peer);
            assertThat(session.getUpgradeResponse().getExtensions())
                    .anyMatch(extension -> extension.getName().equals("permessage-deflate"));
            assertThat(session.getUpgradeResponse().getAcceptedSubProtocol()).isEqualTo("echo");
            for (int size : new int[] {0, 1, 125, 126, 65_535, 65_536, MEBIBYTE}) {
                // Random bytes, which deflate makes longer; and text, of which it leaves next to nothing.
                byte[] binary = Payload.of(size, size);
                session.sendBinary(ByteBuffer.wrap(binary), Callback.NOOP);
                assertThat(peer.next()).isEqualTo(binary);
                String text = "wéir".repeat(size / 5);
                session.sendText(text, Callback.NOOP);
                assertThat(peer.next()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
            }
            session.sendPing(ByteBuffer.wrap("p".getBytes(StandardCharsets.UTF_8)), Callback.NOOP);
            assertThat(peer.pong.get(10, TimeUnit.SECONDS)).isEqualTo("p");
            session.close(4001, "enough", Callback.NOOP);
            assertThat(peer.closed.get(10, TimeUnit.SECONDS)).isEqualTo("4001 enough");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void manyMessagesInARowAreAllThereAndInOrder(Home home) throws Exception {
        try (RunningWeir weir = home.start(Deployment.of(RouteSpec.to("/ws", ends.upstream())))) {
            Peer peer = new Peer();
            Session session = ends.connect(echo(weir), peer);
            for (int i = 0; i < 2000; i++) {
                session.sendText("message " + i, Callback.NOOP);
            }
            for (int i = 0; i < 2000; i++) {
                assertThat(new String(peer.next(), StandardCharsets.UTF_8)).isEqualTo("message " + i);
            }
            session.close(1000, null, Callback.NOOP);
            assertThat(peer.closed.get(10, TimeUnit.SECONDS)).startsWith("1000");
        }
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void theCloseOfTheServerIsTheClients(Home home) throws Exception {
        try (RunningWeir weir = home.start(Deployment.of(RouteSpec.to("/ws", ends.upstream())))) {
            Peer peer = new Peer();
            Session session = ends.connect(echo(weir), peer);
            session.sendText(WebSocketEnds.LEAVE, Callback.NOOP);
            assertThat(peer.closed.get(10, TimeUnit.SECONDS)).isEqualTo("4002 as you wish");
        }
    }

    private static URI echo(RunningWeir weir) {
        return URI.create(weir.uri("/ws/echo").toString().replaceFirst("^http", "ws"));
    }
}
