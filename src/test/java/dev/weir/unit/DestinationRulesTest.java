package dev.weir.unit;

import static dev.weir.config.DestinationRules.Verdict.ALLOWED;
import static dev.weir.config.DestinationRules.Verdict.DENIED;
import static dev.weir.config.DestinationRules.Verdict.NOT_LISTED;
import static dev.weir.config.DestinationRules.Verdict.NOT_PUBLIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.config.BadValueException;
import dev.weir.config.DestinationRules;
import dev.weir.config.DestinationRules.Verdict;
import dev.weir.config.RouteParameters;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationRulesTest {
    private static DestinationRules rules(String allow, String deny) {
        return new DestinationRules("fetch", RouteParameters.ALLOW.parse(allow), RouteParameters.DENY.parse(deny));
    }

    private static Verdict ofAddress(DestinationRules rules, String host, int port, String address)
            throws UnknownHostException {
        return rules.ofAddress(host, port, InetAddress.getByName(address));
    }

    @Test
    void nothingIsAllowedUntilItIsListed() {
        DestinationRules byDefault = rules(RouteParameters.ALLOW.defaultText(), RouteParameters.DENY.defaultText());
        assertThat(byDefault.ofHost("example.org", 443)).isEqualTo(NOT_LISTED);
        assertThat(byDefault.ofHost("93.184.215.14", 443)).isEqualTo(NOT_LISTED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.org           | example.org      | 443  | ALLOWED",
                "EXAMPLE.org.          | example.org      | 443  | ALLOWED",
                "example.org           | www.example.org  | 443  | NOT_LISTED",
                "example.org           | badexample.org   | 443  | NOT_LISTED",
                "*.example.org         | www.example.org  | 443  | ALLOWED",
                "*.example.org         | a.b.example.org  | 443  | ALLOWED",
                "*.example.org         | example.org      | 443  | NOT_LISTED",
                "*.example.org         | badexample.org   | 443  | NOT_LISTED",
                "*                     | anything.test    | 1    | ALLOWED",
                "example.org:443       | example.org      | 443  | ALLOWED",
                "example.org:443       | example.org      | 80   | NOT_LISTED",
                "*.example.org:80-90   | a.example.org    | 85   | ALLOWED",
                "*.example.org:80-90   | a.example.org    | 91   | NOT_LISTED",
                "*:443                 | a.example.org    | 80   | NOT_LISTED",
                "a.test, b.test        | b.test           | 1    | ALLOWED",
                "xn--bcher-kva.example | xn--bcher-kva.example | 443 | ALLOWED",
                "10.0.0.0/8            | 10.1.2.3         | 80   | ALLOWED",
                "10.0.0.0/8:80         | 10.1.2.3         | 443  | NOT_LISTED",
                "10.1.2.3              | 10.1.2.3         | 80   | ALLOWED",
                "fd00::/8              | fd00::1          | 80   | ALLOWED",
                "[fd00::/8]:80-81      | fd00::1          | 82   | NOT_LISTED",
                "[::1]:80              | ::1              | 80   | ALLOWED",
                "loopback:8080         | 127.0.0.5        | 8080 | ALLOWED",
                "10.0.0.0/8            | 11.1.2.3         | 80   | NOT_LISTED",
                "10.0.0.0/8, 0.0.0.0/0 | db.internal      | 80   | NOT_LISTED"
            })
    void aDestinationIsListedByNameByAddressAndByPort(String allow, String host, int port, Verdict verdict) {
        assertThat(rules(allow, "none").ofHost(host, port)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.org     | example.org | 93.184.215.14",
                "*.example.org   | a.example.org | 93.184.215.14",
                "93.184.0.0/16   | example.org | 93.184.215.14",
                "*:443           | example.org | 93.184.215.14",
                "93.184.215.14   | example.org | 64:ff9b::5db8:d70e",
                "93.184.215.14   | example.org | 2002:5db8:d70e::1"
            })
    void whatDenyListsIsDeniedWhateverAllowLists(String deny, String host, String address) throws UnknownHostException {
        assertThat(ofAddress(rules("*, 0.0.0.0/0, ::/0", deny), host, 443, address))
                .isEqualTo(DENIED);
        assertThat(ofAddress(rules("*, 0.0.0.0/0, ::/0", "none"), host, 443, address))
                .isEqualTo(ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::10.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a00:1",
                "64:ff9b:1::5db8:d70e",
                "100::1",
                "2001::1",
                "2001:0:5db8:d70e::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "2002:7f00:1::",
                "2002:c0a8:101::1",
                "2606:2800:220:1:0:5efe:a00:1",
                "2606:2800:220:1:200:5efe:a00:1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "4000::1"
            })
    void aNameAloneLeadsToNoSpecialAddress(String address) throws UnknownHostException {
        assertThat(ofAddress(rules("*, example.org", "none"), "example.org", 443, address))
                .isEqualTo(NOT_PUBLIC);
        String range = address.startsWith("::ffff:") ? address.substring(7) : address;
        assertThat(ofAddress(rules("*, " + range, "none"), "example.org", 443, address))
                .isEqualTo(ALLOWED);
        assertThat(ofAddress(
                        rules("*, " + (range.contains(":") ? "[" + range + "]" : range) + ":80", "none"),
                        "a",
                        443,
                        address))
                .isEqualTo(NOT_PUBLIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "93.184.215.14",
                "100.63.255.255",
                "100.128.0.0",
                "126.0.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.255.255",
                "223.255.255.255",
                "2606:2800:220:1::1",
                "2a00:1450::1",
                "64:ff9b::5db8:d70e",
                "2002:5db8:d70e::1",
                "2606:2800:220:1:0:5efe:5db8:d70e"
            })
    void aNameLeadsToPublicAddresses(String address) throws UnknownHostException {
        assertThat(ofAddress(rules("*", "none"), "example.org", 443, address)).isEqualTo(ALLOWED);
        assertThat(ofAddress(rules("other.test", "none"), "example.org", 443, address))
                .isEqualTo(NOT_LISTED);
    }

    @Test
    void anEmbeddedAddressIsAllowedOnlyAsItIsWritten() throws UnknownHostException {
        DestinationRules inner = rules("*, 10.0.0.0/8", "none");
        assertThat(ofAddress(inner, "example.org", 443, "64:ff9b::a00:1")).isEqualTo(NOT_PUBLIC);
        assertThat(ofAddress(inner, "example.org", 443, "::ffff:10.0.0.1"))
                .as("the same address to the system")
                .isEqualTo(ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({"::ffff:10.0.0.1, NOT_PUBLIC", "64:ff9b::a00:1, NOT_PUBLIC", "127.0.0.1, NOT_PUBLIC", "1.1.1.1, ALLOWED"
    })
    void anAddressInThePlaceOfANameIsHeldToTheSame(String host, Verdict verdict) {
        assertThat(rules("*", "none").ofHost(host, 80)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a,",
                "a,,b",
                "*.",
                "*a.test",
                "a.*",
                "**",
                "a:0",
                "a:65536",
                "a:90-80",
                "a:",
                "a:b",
                "10.0.0.0/33",
                "10.0.0",
                "0x7f000001",
                "::1/129",
                "[::1",
                "[10.0.0.1]",
                "[::1]:",
                "a/24",
                "http://a",
                "a b",
                "b\u00fccher.example",
                "*.10.0.0.1.5"
            })
    void aBadListIsAStartError(String text) {
        assertThatExceptionOfType(BadValueException.class).isThrownBy(() -> RouteParameters.ALLOW.parse(text));
    }

    @Test
    void theSentenceNamesTheRuleAndNoAddress() {
        DestinationRules rules = rules("*", "none");
        assertThat(rules.sentence(NOT_PUBLIC, "http://db.test:80"))
                .isEqualTo(
                        "The route fetch does not lead to http://db.test:80: its address is a private or other special"
                                + " one, which the route's allow would have to list as an address.");
        assertThat(rules.sentence(NOT_LISTED, "http://db.test:80")).contains("allow");
        assertThat(rules.sentence(DENIED, "http://db.test:80")).contains("deny");
    }
}
