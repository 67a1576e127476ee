package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.config.BadValueException;
import dev.weir.config.Parameter;
import dev.weir.config.RouteParameters;
import dev.weir.config.SharedParameters;
import dev.weir.wire.ServerCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterFormatsTest {
    @ParameterizedTest
    @CsvSource({"250ms, 250", "10s, 10000", "5m, 300000", "1h, 3600000", "1500, 1500", "1, 1", "' 10s\n', 10000"})
    void aDurationHasAUnitOrIsMilliseconds(String text, long millis) {
        assertThat(SharedParameters.CONNECT_TIMEOUT.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "0s",
                "-1",
                "61m",
                "1h1ms",
                "10 s",
                "10S",
                "1d",
                "1.5s",
                "1e3",
                "PT10S",
                "none",
                "999999999999h",
                "99999999999999999999",
                "٣s"
            })
    void anythingElseIsNoDuration(String text) {
        assertRefused(
                SharedParameters.CONNECT_TIMEOUT,
                text,
                "a duration from 1ms to 1h, such as 250ms, 10s, 5m, 1h or plain milliseconds");
    }

    @Test
    void zeroIsADurationWhereItMeansSomething() {
        assertThat(SharedParameters.DRAIN_TIMEOUT.parse("0")).isZero();
        assertThat(RouteParameters.TIMEOUT.parse("0s")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"16KiB, 16384", "1MiB, 1048576", "1024, 1024", "1048576, 1048576"})
    void aSizeHasAUnitOrIsBytes(String text, int bytes) {
        assertThat(SharedParameters.REQUEST_BUFFER_SIZE.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1023", "1048577", "2MiB", "16kb", "16KB", "16 KiB", "-16KiB", "0x400", "1GiB"})
    void anythingElseIsNoSize(String text) {
        assertRefused(
                SharedParameters.REQUEST_BUFFER_SIZE,
                text,
                "a size from 1KiB to 1MiB, such as 16KiB, 1MiB or plain bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65537", "-1", "+1", "1.0", "ten", "99999999999999999999"})
    void aNumberHasBounds(String text) {
        assertRefused(RouteParameters.MAX_CONNECTIONS, text, "a whole number from 1 to 65536");
    }

    @Test
    void theBoundsOfANumberAreWithin() {
        assertThat(RouteParameters.MAX_CONNECTIONS.parse("1")).isEqualTo(1);
        assertThat(RouteParameters.MAX_CONNECTIONS.parse("65536")).isEqualTo(65_536);
        assertThat(RouteParameters.MAX_QUEUED.parse("0")).isZero();
    }

    @Test
    void autoIsANumberToBeFound() {
        assertThat(SharedParameters.MAX_IN_FLIGHT.parse("auto")).isEmpty();
        assertThat(SharedParameters.MAX_IN_FLIGHT.parse("500")).isEqualTo(OptionalInt.of(500));
        assertRefused(SharedParameters.MAX_IN_FLIGHT, "0", "a whole number from 1 to 1000000, or auto");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "TRUE", "1", "on"})
    void aFlagIsTrueOrFalseAndNothingElse(String text) {
        assertThat(RouteParameters.TRACE.parse("true")).isTrue();
        assertThat(RouteParameters.TRACE.parse("false")).isFalse();
        assertRefused(RouteParameters.TRACE, text, "true or false");
    }

    @Test
    void aFileMustBeThereAndHoldCertificates(@TempDir Path folder) throws Exception {
        Path file = ServerCertificate.issue(folder).pem();
        Path noPem = Files.writeString(folder.resolve("no.pem"), "a certificate");
        assertThat(SharedParameters.UPSTREAM_CA.parse(file.toString())).contains(file);
        assertThat(SharedParameters.UPSTREAM_CA.parse("none")).isEmpty();
        String expected = "the path of a readable file with PEM certificates, or none";
        assertRefused(SharedParameters.UPSTREAM_CA, noPem.toString(), expected);
        assertRefused(SharedParameters.UPSTREAM_CA, folder.toString(), expected);
        assertRefused(SharedParameters.UPSTREAM_CA, file + ".gone", expected);
        assertRefused(SharedParameters.UPSTREAM_CA, "a\0b", expected);
        assertRefused(SharedParameters.UPSTREAM_CA, "", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/-", "/status", "/a/b", "/.well-known", "/a..b", "/~x"})
    void aStatusPathIsPlain(String text) {
        assertThat(SharedParameters.STATUS_PATH.parse(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "/", "/-/", "//", "/a//b", "/a b", "/a%20", "/a;b", "/a?b", "/*", "/.", "/a/..", "/é"})
    void aStatusPathIsNothingElse(String text) {
        assertRefused(SharedParameters.STATUS_PATH, text, SharedParameters.STATUS_PATH.expected());
    }

    @ParameterizedTest
    @CsvSource({"/proxy, /proxy", "/proxy/, /proxy", "/, ''", "/a/b, /a/b", "/über, /über", "/.well-known, /.well-known"
    })
    void aPrefixIsAPathWithoutASlashAtItsEnd(String text, String prefix) {
        assertThat(RouteParameters.PREFIX.parse(text)).contains(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "proxy", "//", "/a//b", "/a/../b", "/..", "/./a", "/a%62", "/a;b", "/a?b", "/a#b", "/a b", "/a\\b"
            })
    void aPrefixIsNothingElse(String text) {
        assertRefused(
                RouteParameters.PREFIX,
                text,
                "a path that starts with /, such as /proxy,"
                        + " in plain text: without % ; ? # \\, white space, // or dot segments, or none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "my_service:8080", "10.0.0.1", "[::1]", "[::1]:8080", "a"})
    void aHostHeaderIsAHostAndPerhapsAPort(String text) {
        assertThat(RouteParameters.HOST_HEADER.parse(text)).isEqualTo(Optional.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nX-Evil: 1", "http://a", "a/b", "u@a", "a:", "a:123456", "-a"})
    void aHostHeaderIsNothingElse(String text) {
        assertRefused(RouteParameters.HOST_HEADER, text, RouteParameters.HOST_HEADER.expected());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a,b", "a:80", "(a)", "é", "a\nb"})
    void aViaHostIsAToken(String text) {
        assertThat(RouteParameters.VIA_HOST.parse("edge-1.example.org")).isEqualTo("edge-1.example.org");
        assertRefused(RouteParameters.VIA_HOST, text, RouteParameters.VIA_HOST.expected());
    }

    private static void assertRefused(Parameter<?> parameter, String text, String expected) {
        assertThatThrownBy(() -> parameter.parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessage(expected);
    }
}
