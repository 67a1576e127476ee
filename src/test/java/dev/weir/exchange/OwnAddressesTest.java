package dev.weir.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.UpstreamUrl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnAddressesTest {
    private static final int PORT = 8080;

    private static OwnAddresses at(String address) {
        OwnAddresses own = new OwnAddresses(List.of());
        assertThat(own.add(address, PORT)).isTrue();
        return own;
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, localhost, true",
        "127.0.0.1, 0.0.0.0, true",
        "127.0.0.1, 127.0.0.2, false",
        "127.0.0.1, [::ffff:127.0.0.1], true",
        "127.0.0.1, [::1], false",
        "127.0.0.1, [::], false",
        "[::1], [::1], true",
        "::1, localhost, true",
        "::1, [::], true",
        "::1, 127.0.0.1, false",
        "fe80::1%eth0, [fe80::1], true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 127.0.0.1, false",
        "192.0.2.1, 0.0.0.0, false",
        "0.0.0.0, 127.9.9.9, true",
        "0.0.0.0, [::1], true",
        "::, 127.0.0.1, true",
        "0.0.0.0, 192.0.2.1, false"
    })
    void whoeverConnectsEndsHereOrNot(String own, String host, boolean here) {
        OwnAddresses addresses = at(own);
        assertThat(addresses.areReachedBy(UpstreamUrl.parse("http://" + host + ":" + PORT)))
                .isEqualTo(here);
        assertThat(addresses.areReachedBy(UpstreamUrl.parse("http://" + host + ":8081")))
                .isFalse();
    }

    @Test
    void theUnspecifiedAddressIsThatOfEveryInterface() throws SocketException {
        assertThat(NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses))
                .isNotEmpty()
                .allSatisfy(address ->
                        assertThat(at("0.0.0.0").areReachedBy(url(address))).isTrue());
    }

    private static UpstreamUrl url(InetAddress address) {
        return new UpstreamUrl("http", address.getHostAddress().replaceFirst("%.*", ""), PORT, "");
    }

    @Test
    void aNameCountsOnceItsLookUpIsDoneAndIsAskedForWhereThePortIsOurs() {
        OwnAddresses own = at("127.0.0.1");
        UpstreamUrl here = UpstreamUrl.parse("http://127.1:" + PORT); // no literal to us, 127.0.0.1 to the resolver;
        UpstreamUrl elsewhere = UpstreamUrl.parse("http://name.invalid:1");
        assertThat(own.areReachedBy(here)).isFalse();
        assertThat(own.lookUp(List.of(elsewhere))).isDone();
        own.lookUp(List.of(here, elsewhere)).join();
        assertThat(own.areReachedBy(here)).isTrue();
    }

    @Test
    void atMost64AreLearnedAndNoTextThatIsNoAddress() {
        OwnAddresses own = new OwnAddresses(List.of(InetSocketAddress.createUnresolved("a.test", PORT)));
        assertThat(own.add("a.test", PORT)).isFalse();
        assertThat(IntStream.rangeClosed(1, 100).filter(port -> own.add("127.0.0.1", port)))
                .hasSize(64);
        assertThat(own.add("127.0.0.1", 1)).isFalse();
    }
}
