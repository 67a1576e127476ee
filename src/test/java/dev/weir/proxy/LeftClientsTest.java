package dev.weir.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.proxy.LeftClients.Seen;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeftClientsTest {
    /** Each look finds the client in the list of those who have closed their side, or not. */
    @ParameterizedTest
    @CsvSource({
        "---, OPEN",
        "-x, ASKED",
        "xxx, ASKED",
        "x-, MISSING",
        "x-x, ASKED",
        "x-x-, MISSING",
        "x--, GONE",
        "xx-x--, GONE"
    })
    void onlyWhoIsMissingTwiceInARowAfterItClosedIsGone(String looks, Seen expected) {
        Seen seen = Seen.OPEN;
        for (char look : looks.toCharArray()) {
            seen = seen.then(look == 'x');
        }
        assertThat(seen).isEqualTo(expected);
    }
}
