package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.wire.Client;
import dev.weir.wire.Origin;
import dev.weir.wire.OriginConnection;
import org.junit.jupiter.api.Test;

/** Two destinations may be known at once: who comes third takes the place of an idle one, or is refused. */
class DestinationsIT extends BehaviourSuite {
    @Override
    Deployment deployment() {
        return super.deployment().shared("maxDestinations", "2");
    }

    private void exchange(SuiteRoute route) {
        origin(route).answerAll(request -> Origin.ok("ok"));
        assertThat(get(path(route, "/a"), "").receiveResponse().text()).isEqualTo("ok");
    }

    @Test
    void theIdleOneThatWasUsedLongestAgoMakesRoom() {
        exchange(SuiteRoute.PLAIN);
        exchange(SuiteRoute.APP);
        exchange(SuiteRoute.PLAIN);
        exchange(SuiteRoute.NESTED);
        assertThat(Status.of(weir()).json().<String>getList("destinations.origin"))
                .containsExactlyInAnyOrder(
                        origin(SuiteRoute.PLAIN).uri().toString(),
                        origin(SuiteRoute.NESTED).uri().toString());
        exchange(SuiteRoute.APP);
    }

    @Test
    void whereAllAreInUseTheNextIsRefused() {
        Client one = get(path(SuiteRoute.PLAIN, "/a"), "");
        OriginConnection first = origin(SuiteRoute.PLAIN).accept().skipRequest();
        Client two = get(path(SuiteRoute.APP, "/a"), "");
        OriginConnection second = origin(SuiteRoute.APP).accept().skipRequest();
        Refusals.assertRefused(
                get(path(SuiteRoute.NESTED, "/a"), "").receiveResponse(),
                503,
                "destinations-full",
                "connection_limit_reached");
        first.send(Origin.ok("1"));
        second.send(Origin.ok("2"));
        assertThat(one.receiveResponse().text()).isEqualTo("1");
        assertThat(two.receiveResponse().text()).isEqualTo("2");
    }
}
