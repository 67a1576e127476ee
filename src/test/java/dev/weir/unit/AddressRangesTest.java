package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.AddressRanges;
import dev.weir.config.BadValueException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8           | 10.255.255.255   | true",
                "10.0.0.0/8           | 11.0.0.0         | false",
                "10.1.2.3/8           | 10.9.9.9         | true",
                "192.168.4.0/22       | 192.168.7.255    | true",
                "192.168.4.0/22       | 192.168.8.0      | false",
                "0.0.0.0/0            | 203.0.113.9      | true",
                "0.0.0.0/0            | ::1              | false",
                "203.0.113.9          | 203.0.113.9      | true",
                "203.0.113.9          | 203.0.113.8      | false",
                "203.0.113.9/32       | 203.0.113.9      | true",
                "fd00::/8             | fdff::1          | true",
                "fd00::/8             | fe00::1          | false",
                "2001:db8::1          | 2001:db8:0:0::1  | true",
                "::/0                 | 2001:db8::1      | true",
                "::ffff:10.0.0.1      | 10.0.0.1         | true",
                "10.0.0.1             | ::ffff:10.0.0.1  | true",
                "loopback             | 127.0.0.1        | true",
                "loopback             | 127.8.9.10       | true",
                "loopback             | ::1              | true",
                "loopback             | 10.0.0.1         | false",
                "10.0.0.1 , loopback  | ::1              | true",
                "10.0.0.1,fd00::/8    | fd00::7          | true",
                "none                 | 127.0.0.1        | false",
            })
    void containsWhatIsInOneOfTheRanges(String ranges, String address, boolean contained) throws UnknownHostException {
        assertThat(AddressRanges.parse(ranges).contains(InetAddress.getByName(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                "10.0.0.1,",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/8x",
                "10.0.0",
                "10.0.0.256",
                "010.0.0.1",
                "01.0.0.1",
                "1.2.3.4.5",
                "1.2.3.4.",
                "fd00::/129",
                "fd00:::",
                "::1%lo",
                "[::1]",
                "localhost",
                "example.org",
                "10.0.0.1-10.0.0.9",
                "none,10.0.0.1",
                "loopback/8",
                "10.0.0.0/8/8",
                "10.0.0.1 10.0.0.2",
                "0x7f.0.0.1"
            })
    void anythingElseIsNoRange(String text) {
        assertThatThrownBy(() -> AddressRanges.parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessage("a comma list of addresses, ranges such as 10.0.0.0/8 or fd00::/8 and the word loopback;"
                        + " or none");
    }
}
