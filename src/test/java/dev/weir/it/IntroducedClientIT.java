package dev.weir.it;

import static dev.weir.it.SuiteRoute.INTRODUCED;
import static dev.weir.it.SuiteRoute.INTRODUCED_TLS;
import static dev.weir.it.SuiteRoute.INTRODUCED_V2;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.wire.Client;
import dev.weir.wire.OriginConnection;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Upstream connections that begin with a PROXY header. */
@Conforms(title = "PROXY protocol to upstreams", to = "proxy-protocol.txt versions 1 and 2")
class IntroducedClientIT extends BehaviourSuite {
    private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
    private static final int PROXY_TCP4 = 0x2111;

    private Client ask(Client client, SuiteRoute route) {
        return client.send("GET " + path(route, "/") + " HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n");
    }

    /** {@code PROXY TCP4 CLIENT WEIR PORT PORT}; the client's port. */
    private int header(OriginConnection upstream) {
        StringBuilder line = new StringBuilder();
        while (line.indexOf("\r\n") < 0) {
            line.append(new String(upstream.readBody(1), US_ASCII));
        }
        assertThat(line.toString()).matches("PROXY TCP4 127.0.0.1 127.0.0.1 \\d+ " + weir().port() + "\r\n");
        return Integer.parseInt(line.toString().split(" ")[4]);
    }

    /** The request arrives, and its answer is the client's. */
    private static void answers(OriginConnection upstream, Client client) {
        upstream.receiveRequest();
        upstream.send(OK);
        assertThat(client.receiveResponse().status()).isEqualTo(200);
    }

    @Test
    void theHeaderComesOnceAndNamesTheClient() {
        int before = origin(INTRODUCED).connections();
        Client client = ask(client(), INTRODUCED);
        OriginConnection upstream = origin(INTRODUCED).accept();
        assertThat(header(upstream)).isPositive();
        for (int i = 0; i < 3; i++) {
            answers(upstream, client);
            // The client has its answer a moment before the connection is back.
            await().until(() -> Status.of(weir()).idle() == 1);
            ask(client, INTRODUCED);
        }
        answers(upstream, client);
        assertThat(origin(INTRODUCED).connections()).isEqualTo(before + 1);
    }

    @Test
    void noClientGetsAConnectionThatNamesAnother() {
        Client first = ask(client(), INTRODUCED);
        OriginConnection ofFirst = origin(INTRODUCED).accept();
        int firstPort = header(ofFirst);
        answers(ofFirst, first);
        Client second = ask(client(), INTRODUCED);
        OriginConnection ofSecond = origin(INTRODUCED).accept();
        assertThat(header(ofSecond)).isNotEqualTo(firstPort);
        answers(ofSecond, second);
    }

    @Test
    void versionTwoIsBinary() {
        Client client = ask(client(), INTRODUCED_V2);
        OriginConnection upstream = origin(INTRODUCED_V2).accept();
        ByteBuffer header = ByteBuffer.wrap(upstream.readBody(28));
        byte[] signature = new byte[12];
        header.get(signature);
        assertThat(signature).isEqualTo(SIGNATURE);
        assertThat(header.getShort()).isEqualTo((short) PROXY_TCP4);
        assertThat(header.getShort()).isEqualTo((short) 12);
        assertThat(header.getInt()).isEqualTo(0x7F000001);
        assertThat(header.getInt()).isEqualTo(0x7F000001);
        assertThat(header.getShort()).isNotZero();
        assertThat(header.getShort() & 0xFFFF).isEqualTo(weir().port());
        answers(upstream, client);
    }

    /** The upstream ends the connection where its own handshake would begin: what matters came before it. */
    @Test
    void itComesBeforeTls() {
        Client client = ask(client(), INTRODUCED_TLS);
        OriginConnection upstream = origin(INTRODUCED_TLS).accept();
        header(upstream);
        int tlsHandshakeRecord = 22;
        assertThat(upstream.readBody(1)[0]).isEqualTo((byte) tlsHandshakeRecord);
        upstream.close();
        assertThat(client.receiveResponse().status()).isEqualTo(502);
    }

    @Test
    void whatIsSentAgainNamesTheSameClient() {
        Client client = ask(client(), INTRODUCED);
        OriginConnection upstream = origin(INTRODUCED).accept();
        int port = header(upstream);
        answers(upstream, client);
        await().until(() -> Status.of(weir()).idle() == 1);
        ask(client, INTRODUCED);
        upstream.receiveRequest();
        upstream.close();
        OriginConnection next = origin(INTRODUCED).accept();
        assertThat(header(next)).isEqualTo(port);
        answers(next, client);
    }
}
