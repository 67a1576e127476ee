package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.config.BadValueException;
import dev.weir.config.RouteParameters;
import dev.weir.config.UpstreamTemplate;
import dev.weir.route.BadTargetException;
import dev.weir.route.OpenTarget;
import dev.weir.route.Prefix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenTargetTest {
    private static final Prefix FETCH = new Prefix("/edge/fetch");

    private static UpstreamTemplate template(String text) {
        return (UpstreamTemplate) RouteParameters.PROXY_TO.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{scheme}://{authority}      | /https/example.org/a    | https://example.org:443      | /https/example.org       | /a",
                "{scheme}://{authority}      | /http/EXAMPLE.org:8080/ | http://example.org:8080      | /http/EXAMPLE.org:8080   | /",
                "{scheme}://{authority}      | /http/example.org       | http://example.org:80        | /http/example.org        | ''",
                "{scheme}://{authority}      | /http/[::1]:81//b       | http://[::1]:81              | /http/[::1]:81           | //b",
                "{scheme}://{authority}/base | /http/a/x%2F;v=1        | http://a:80/base             | /http/a                  | /x%2F;v=1",
                "https://{host}              | /example.org/a          | https://example.org:443      | /example.org             | /a",
                "https://{host}:{port}       | /example.org/8443/a     | https://example.org:8443     | /example.org/8443        | /a",
                "https://{host}:8443         | /[fd00::1]/a            | https://[fd00::1]:8443       | /[fd00::1]               | /a",
                "https://{tenant}.apps.example.org/base | /acme/a    | https://acme.apps.example.org:443/base | /acme         | /a",
                "http://{a}.{b}.test:{port}  | /x/y/81                 | http://x.y.test:81           | /x/y/81                  | ''",
                "{scheme}://fixed.test       | /http/a/b               | http://fixed.test:80         | /http                    | /a/b"
            })
    void thePlaceholdersTakeTheLeadingSegments(String template, String path, String upstream, String taken, String rest)
            throws BadTargetException {
        OpenTarget target = OpenTarget.of(template(template), FETCH, "/edge/fetch" + path);
        assertThat(target.upstream()).hasToString(upstream);
        assertThat(target.prefix()).isEqualTo("/edge/fetch" + taken);
        assertThat(target.rest()).isEqualTo(rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/http",
                "/http/",
                "//example.org/a",
                "/ftp/example.org/a",
                "/HTTP/example.org/a",
                "/https;v=1/example.org",
                "/https/user@example.org/a",
                "/https/user:pw@example.org/a",
                "/https/example.org%2f/a",
                "/https/example%2eorg/a",
                "/https/%65xample.org/a",
                "/https/example.org;v=1/a",
                "/https/example.org:/a",
                "/https/example.org:0/a",
                "/https/example.org:65536/a",
                "/https/example.org:080/a",
                "/https/example.org:80:80/a",
                "/https/::1/a",
                "/https/[::1/a",
                "/https/[::1]x/a",
                "/https/2130706433/a",
                "/https/0x7f.1/a",
                "/https/127.1/a",
                "/https/./a",
                "/https/../a",
                "/https/..;/a",
                "/https/example.org\\@evil/a",
                "/https/*/a",
                "/https/b\u00fccher.example/a",
                "/https/example.org/../../a",
                "/https/example.org/..",
                "/https/example.org/a/../../b",
                "/https/example.org/%2e%2e/a",
                "/https/example.org/..%2f",
                "/http%3A/example.org/a"
            })
    void whatNamesNoDestinationStrictlyIsRefused(String path) {
        assertThatExceptionOfType(BadTargetException.class)
                .isThrownBy(() -> OpenTarget.of(template("{scheme}://{authority}"), FETCH, "/edge/fetch" + path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a:80", "a@b", "%61", "-a", "a-", "", "..", "a/../b", "[::1]", "a;b", "*"})
    void aLabelIsOneLabel(String label) {
        assertThatExceptionOfType(BadTargetException.class)
                .isThrownBy(() -> OpenTarget.of(
                        template("https://{tenant}.apps.example.org"), FETCH, "/edge/fetch/" + label + "/x/.."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://{tenant}x.test",
                "https://{a}{b}.test",
                "https://{a}.{a}.test",
                "{scheme}s://a.test",
                "{x}://a.test",
                "ftp://{host}",
                "https://{authority}:80",
                "https://{authority}.test",
                "https://{host}.test",
                "https://a.test/{x}",
                "https://a.test:{x}",
                "https://{port}.test",
                "https://{scheme}.test",
                "https://u@{host}",
                "https://{host}?x",
                "https://{host}#x",
                "https://{host}/a/../b",
                "https://{}",
                "https://{A}.test",
                "{target}/x",
                "https://{target}",
                "https://{host",
                "{authority}",
                "https://{host}:65536",
                "https://{host}/%zz"
            })
    void aBadTemplateIsAStartError(String text) {
        assertThatExceptionOfType(BadValueException.class).isThrownBy(() -> RouteParameters.PROXY_TO.parse(text));
    }
}
