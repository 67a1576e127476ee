package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.BadValueException;
import dev.weir.config.UpstreamUrl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "http://localhost:9000     | http  | localhost   | 9000  | ''",
                "HTTP://LocalHost/         | http  | localhost   | 80    | /",
                "https://a.example/app     | https | a.example   | 443   | /app",
                "https://a.example:443/a/  | https | a.example   | 443   | /a/",
                "http://my_service:65535   | http  | my_service  | 65535 | ''",
                "http://10.0.0.1:1/        | http  | 10.0.0.1    | 1     | /",
                "http://[::1]:8080/x       | http  | ::1         | 8080  | /x",
                "https://[FD00::1]         | https | fd00::1     | 443   | ''",
                "http://h/a%2Fb%20c;v=1@:x | http  | h           | 80    | /a%2Fb%20c;v=1@:x",
                "http://h//a/./b/...       | http  | h           | 80    | //a/./b/...",
                "http://h./                | http  | h.          | 80    | /",
                "h2c://localhost:50051     | h2c   | localhost   | 50051 | ''",
                "h2c://h/a                 | h2c   | h           | 80    | /a",
                "H2://h                    | h2    | h           | 443   | ''",
            })
    void hasItsPartsAsOneConnectsToThem(String text, String scheme, String host, int port, String path) {
        assertThat(UpstreamUrl.parse(text)).isEqualTo(new UpstreamUrl(scheme, host, port, path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://h           | h            | http://h:80",
                "http://h:80/x      | h            | http://h:80",
                "http://h:443       | h:443        | http://h:443",
                "https://h:443      | h            | https://h:443",
                "https://h:80       | h:80         | https://h:80",
                "http://[::1]       | [::1]        | http://[::1]:80",
                "http://[::1]:8080/ | [::1]:8080   | http://[::1]:8080",
                "h2://h             | h            | h2://h:443",
                "h2c://h:443        | h:443        | h2c://h:443",
            })
    void namesItselfForAHostFieldAndAsADestination(String text, String hostAndPort, String origin) {
        UpstreamUrl url = UpstreamUrl.parse(text);
        assertThat(url.hostAndPort()).isEqualTo(hostAndPort);
        assertThat(url.origin()).isEqualTo(origin);
        assertThat(url).hasToString(origin + url.path());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "''                       | with a scheme and a host",
                "localhost:9000           | with a scheme and a host",
                "http:/h                  | with a scheme and a host",
                "//h/                     | with a scheme and a host",
                "ftp://h/                 | no other scheme",
                "ws://h/                  | no other scheme",
                "http://user:pass@h/      | without user info",
                "http://user@h/           | without user info",
                "http://@h/               | without user info",
                "http://h/?a=b            | without a query or a fragment",
                "http://h?                | without a query or a fragment",
                "http://h/#top            | without a query or a fragment",
                "http:///path             | with a host name or address (IPv6 in brackets)",
                "http://:80/              | with a host name or address (IPv6 in brackets)",
                "http://::1/              | with a host name or address (IPv6 in brackets)",
                "http://a%2eb/            | with a host name or address (IPv6 in brackets)",
                "http://bücher.example/   | with a host name or address (IPv6 in brackets)",
                "http://h\\evil/          | with a host name or address (IPv6 in brackets)",
                "http://{host}/           | with a host name or address (IPv6 in brackets)",
                "http://[h]/              | with an address in brackets",
                "http://[10.0.0.1]/       | with an address in brackets",
                "http://[fe80::1%25eth0]/ | with an address in brackets",
                "http://h:0/              | with a port from 1 to 65535",
                "http://h:65536/          | with a port from 1 to 65535",
                "http://h:/               | with a port from 1 to 65535",
                "http://h:80a/            | with a port from 1 to 65535",
                "http://h/a b             | without white space",
                "http://h/..              | without .. segments, plain or encoded",
                "http://h/a/../b          | without .. segments, plain or encoded",
                "http://h/a/%2E%2e/b      | without .. segments, plain or encoded",
                "http://h/a/.%2e          | without .. segments, plain or encoded",
                "http://h/a/..;x=1/b      | without .. segments, plain or encoded",
                "http://h/a/..%2fb        | without .. segments, plain or encoded",
                "http://h/a%5c..%5Cb      | without .. segments, plain or encoded",
                "http://h/a\\b            | with a path in which other characters are percent-encoded",
                "http://h/é               | with a path in which other characters are percent-encoded",
                "http://h/%zz             | with a path in which other characters are percent-encoded",
                "http://h/{a}             | with a path in which other characters are percent-encoded",
            })
    void anythingElseIsRefusedWithItsReason(String text, String reason) {
        assertRefused(text, reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h/\r\nX: y", "http://h/a\tb", "http://h\0/"})
    void aControlCharacterIsNeverPartOfIt(String text) {
        assertRefused(text, "without white space");
    }

    private static void assertRefused(String text, String reason) {
        assertThatThrownBy(() -> UpstreamUrl.parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessage("http://HOST:PORT/PATH (or https, h2c, h2), " + reason);
    }
}
