package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.config.BadValueException;
import dev.weir.config.HostName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.1",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "2130706433",
                "017700000001",
                "127.0.0.01",
                "127.0.0.256",
                "1.2.3.4.5",
                "a.0x7f",
                "a.1",
                "127.0.0.1.2.",
                "",
                ".",
                "..",
                "a..b",
                ".a",
                "a.b..",
                "-a.test",
                "a-.test",
                "a b",
                "a@b",
                "a%2eb",
                "a%00",
                "b\u00fccher.example",
                "a/b",
                "a\\b",
                "a?b",
                "a#b",
                "a:b",
                "[::1",
                "::1]",
                "[::1%eth0]",
                "[fe80::1%25lo]",
                "[127.0.0.1]",
                "[]",
                "[::g]",
                "a\tb",
                "a\u0000",
                "a*b",
                "*",
                "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff12345.test"
            })
    void aHostThatTwoReadersCouldTakeForTwoIsNone(String written) {
        assertThatExceptionOfType(BadValueException.class).isThrownBy(() -> HostName.canonical(written));
    }

    @ParameterizedTest
    @CsvSource({
        "Example.ORG, example.org",
        "example.org., example.org",
        "127.0.0.1., 127.0.0.1",
        "my_service, my_service",
        "[::FFFF:10.0.0.1], ::ffff:10.0.0.1",
        "[64:ff9b::A00:1], 64:ff9b::a00:1",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "1a.test, 1a.test"
    })
    void everySpellingOfAHostIsOne(String written, String host) {
        assertThat(HostName.canonical(written)).isEqualTo(host);
    }
}
