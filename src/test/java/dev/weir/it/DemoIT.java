package dev.weir.it;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.weir.wire.Client;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code java -jar weir.war --demo}: the packaged file has everything that the README's first command shows. */
class DemoIT {
    private static final int MIB = 1024 * 1024;

    @ParameterizedTest
    @EnumSource(names = "LAUNCHER")
    void thePackagedWarShowsItsSampleUpstreamAndEndsWithStatus0(Home home) {
        try (RunningWeir weir = home.start(Deployment.untouched().homeSetting("demo", ""))) {
            assertThat(weir.log()).contains("open " + weir.uri("/proxy/"));
            given().get(weir.uri("/proxy/")).then().statusCode(200).body(containsString("Weir works."));
            assertThat(given().get(weir.uri("/proxy/big")).asByteArray()).hasSize(100 * MIB);
            byte[] sent = Payload.of(10 * MIB, 7);
            byte[] echoed = given().body(sent)
                    .post(weir.uri("/proxy/echo"))
                    .then()
                    .extract()
                    .asByteArray();
            assertThat(echoed).isEqualTo(sent);
            assertThat(firstEvent(weir)).contains("data: event 1 ");
            assertThat(weir.stop()).isZero();
        }
    }

    /** What comes while the stream goes on. */
    private static String firstEvent(RunningWeir weir) {
        try (Client client = Client.connect(weir.host(), weir.port())) {
            client.send("GET /proxy/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.receiveHead().field("Content-Type")).isEqualTo("text/event-stream");
            return new String(client.readSome(200), ISO_8859_1);
        }
    }
}
