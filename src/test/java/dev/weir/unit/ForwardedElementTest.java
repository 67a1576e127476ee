package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.AddressRanges;
import dev.weir.filter.ForwardedElement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedElementTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "192.0.2.43         | a.test       | for=192.0.2.43;host=\"a.test\";proto=https",
                "2001:db8::17       | a.test:8443  | for=\"[2001:db8::17]\";host=\"a.test:8443\";proto=https",
                "0:0:0:0:0:0:0:1    | [::1]:8080   | for=\"[0:0:0:0:0:0:0:1]\";host=\"[::1]:8080\";proto=https"
            })
    void anIpv6AddressStandsInBracketsAndQuotes(String peer, String host, String element) {
        assertThat(new ForwardedElement(peer, host, "https")).hasToString(element);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "::1, ::1",
        "[::1], ::1",
        "[0:0:0:0:0:0:0:1], 0:0:0:0:0:0:0:1",
        "fe80:0:0:0:1:2:3:4%eth0, fe80:0:0:0:1:2:3:4",
        "[fe80:0:0:0:1:2:3:4%2], fe80:0:0:0:1:2:3:4",
        "a.test, a.test"
    })
    void aPeersAddressIsTheSameFromAllContainers(String written, String literal) {
        assertThat(AddressRanges.literal(written)).isEqualTo(literal);
    }

    @ParameterizedTest
    @CsvSource({
        "::1, true",
        "[::1], true",
        "[0:0:0:0:0:0:0:1%lo], true",
        "127.0.0.1, false",
        "[::1, true",
        "localhost, false"
    })
    void aPeerIsInARangeHoweverItIsWritten(String written, boolean contained) {
        assertThat(AddressRanges.parse("::1").contains(written)).isEqualTo(contained);
    }
}
