package dev.weir.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.config.UpstreamUrl;
import dev.weir.route.OwnPaths;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPathsTest {
    private static boolean comesBack(String contextPath, boolean isAlone, String mapping, String path) {
        var configuration = Given.nothing().servlet("r", mapping).read();
        return new OwnPaths(contextPath, isAlone, configuration)
                .hold(UpstreamUrl.parse("http://localhost:8080" + path));
    }

    @ParameterizedTest
    @CsvSource({
        "/weir, /proxy/*, /weir/proxy, true",
        "/weir, /proxy/*, /weir/proxy/a, true",
        "/weir, /proxy/*, /we%69r//proxy;v=1/a, true",
        "/weir, /*, /weir, true",
        "/weir, /proxy/*, /weir/proxyother, false",
        "/weir, /proxy/*, /weir/other, false",
        "/weir, /proxy/*, /other, false",
        "/weir, /proxy/*, /proxy, false",
        "/weir, /proxy/*, '', false",
        "'', /proxy/*, '', true",
        "'', /proxy/*, /, true",
        "'', /proxy/*, /proxy/a, true",
        "'', /proxy/*, /other, false",
        "'', /*, /other, true"
    })
    void amongOtherApplicationsTheBasePathDecides(String contextPath, String mapping, String path, boolean back) {
        assertThat(comesBack(contextPath, false, mapping, path)).isEqualTo(back);
    }

    @ParameterizedTest
    @CsvSource({"''", "/other", "/proxy"})
    void whereThereIsNoOtherApplicationEveryPathComesBack(String path) {
        assertThat(comesBack("", true, "/proxy/*", path)).isTrue();
    }
}
