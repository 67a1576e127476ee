package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.route.BadTargetException;
import dev.weir.route.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "'', '', null, /",
                "/, '', null, /",
                "'', /x, null, /x",
                "/, /x, null, /x",
                "/app, '', null, /app",
                "/app/, '', null, /app/",
                "/app, /, null, /app/",
                "/app/, /, null, /app/",
                "/app, /x, null, /app/x",
                "/app/, /x, null, /app/x",
                "/app/, //x, null, /app//x",
                "'', //evil, null, //evil",
                "/, //evil, null, //evil",
                "'', '', '', /?",
                "/app, '', a=b, /app?a=b",
                "/app, /x, '', /app/x?",
                "/app, /x, a?b=/c, /app/x?a?b=/c",
                "/a%2Fb, /%25;v=1/%2F|{}%, q={|%zzé, /a%2Fb/%25;v=1/%2F|{}%?q={|%zzé",
            })
    void basePathRemainderAndQueryAreJoinedRawWithOneSlashAtTheSeam(
            String base, String remainder, String query, String target) throws BadTargetException {
        assertThat(Target.requestTarget(base, remainder, query)).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a\tb", "a\r\nHost: evil", "\0", "\u007f", "a#b"})
    void aQueryThatWouldEndTheTargetIsRefused(String query) {
        assertThatThrownBy(() -> Target.requestTarget("/app", "/x", query))
                .isInstanceOf(BadTargetException.class)
                .hasMessageMatching(
                        "The query holds the character 0x[0-9A-F]{2} at index \\d+, which no request target may\\.");
    }

    @Test
    void aQueryOfWhichTheContainerLostBytesIsRefused() {
        assertThatThrownBy(() -> Target.requestTarget("/app", "/x", "q=gr\ufffd"))
                .isInstanceOf(BadTargetException.class)
                .hasMessageContaining("not UTF-8");
    }
}
