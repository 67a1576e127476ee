package dev.weir.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaRangesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | application/openmetrics-text",
                "true | Application/OpenMetrics-Text; version=1.0.0, text/plain;q=0.5",
                "true | application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                "true | text/plain;q=0.2, application/*;q=0.3",
                "false | text/plain;version=0.0.4",
                "false | */*",
                "false | text/html, */*;q=0.1",
                "false | application/openmetrics-text;q=0.3, text/plain;q=0.5",
                "false | application/openmetrics-text;q=0, */*",
                "false | application/openmetrics-text;q=nonsense, text/plain",
                "false | ''",
                "false |"
            })
    void theTypeOfTheGreaterWeightIsPreferred(boolean preferred, String accept) {
        assertThat(MediaRanges.prefer(accept, "application/openmetrics-text", "text/plain"))
                .isEqualTo(preferred);
    }
}
