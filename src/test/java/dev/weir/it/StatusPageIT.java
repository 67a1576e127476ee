package dev.weir.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the status page says in a browser, over numbers that the test makes up. */
class StatusPageIT extends StatusPageSuite {
    private static final String HOSTILE = "/<script>window.ran=1</script>\"><img src=x onerror='window.ran=1'>";

    @Test
    void theBarsSayTheNumbersOfTheJson() {
        Page page = open(DESKTOP);
        assertMeter(page, "File descriptors", 83, 1024);
        assertMeter(page, "Upstream connections", 12, 320);
        assertMeter(page, "Local ports per destination", 13, 28232);
        assertMeter(page, "Exchanges in flight", 15, 2048);
        assertThat(page.locator("#connections .sentence"))
                .hasText("12 of 320 upstream connections are open; 308 more until requests wait.");
        assertThat(page.locator("#descriptors .sentence"))
                .hasText(
                        "83 of 1,024 descriptors are open; 839 more until exchanges are refused, for 102 are kept in reserve.");
        assertThat(page.locator("#ports .sentence"))
                .hasText("13 of 28,232 ports are in use to http://app.internal:9000; "
                        + "28,219 more until new connections to it are refused.");
        assertThat(page.locator("#exchanges .sentence"))
                .hasText("15 of 2,048 exchanges are in flight; 2,033 more until requests are refused.");
        assertThat(page.locator("#verdict")).hasText("● Nothing is near its bound.");
        assertThat(tab.complaints()).isEmpty();
    }

    /** Its name, its numbers, its value in words, and a fill as long as the share. */
    private static void assertMeter(Page page, String name, int now, int max) {
        Locator meter = meter(page, name);
        assertThat(meter.locator("..").locator(".value")).hasText("%,d of %,d".formatted(now, max));
        assertThat(meter).hasAttribute("aria-valuenow", String.valueOf(now));
        assertThat(meter).hasAttribute("aria-valuemax", String.valueOf(max));
        assertThat(meter).hasAttribute("aria-valuetext", Pattern.compile("^%d of ".formatted(now)));
        String width = (String) meter.locator(".fill").evaluate("fill => fill.style.width");
        assertThat(Double.parseDouble(width.replace("%", ""))).isCloseTo(100.0 * now / max, within(0.01));
    }

    private static Locator meter(Page page, String name) {
        return page.getByRole(
                AriaRole.METER, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "connections  | left | secondsLeft | Almost full | At this rate, requests wait in 40 s.",
                "descriptors  | left | secondsLeft | Almost full | At this rate, exchanges are refused in 40 s.",
            })
    void aForecastSaysWhenTheBoundIsReached(String bound, String left, String seconds, String word, String sentence) {
        part(bound).put(left, 100);
        part(bound).put(seconds, 40);
        weir.say(status);
        Page page = open(DESKTOP);
        assertThat(page.locator("#" + bound + " .forecast")).hasText(sentence);
        assertThat(page.locator("#" + bound + " .tag")).hasText("▲ " + word);
        assertThat(page.locator("#verdict")).containsText(word);
    }

    @Test
    void thePortsShownAreThoseOfTheDestinationThatRunsOutFirst() {
        destination(1).put("portsLeft", 28000);
        destination(1).put("portsSecondsLeft", 90);
        destination(0).put("portsLeft", 20000);
        weir.say(status);
        Page page = open(DESKTOP);
        assertThat(page.locator("#ports .sentence"))
                .containsText("232 of 28,232 ports are in use to http://quiet.internal:9001");
        assertThat(page.locator("#ports .forecast")).hasText("At this rate, they run out in 1 min 30 s.");
        assertThat(page.locator("#destinations")).containsText("its ports run out in 1 min 30 s");
    }

    @Test
    void aBoundThatIsReachedSaysWhatHappensNow() {
        part("connections").putAll(Map.of("open", 320, "idle", 0, "left", 0, "waitingDestinations", 2));
        part("descriptors").putAll(Map.of("open", 930, "left", 0, "low", true));
        weir.say(status);
        Page page = open(DESKTOP);
        assertThat(page.locator("#connections .sentence"))
                .hasText("320 of 320 upstream connections are open; requests wait, to 2 destinations now.");
        assertThat(page.locator("#descriptors .sentence")).containsText("fewer than the reserve of 102 are free");
        assertThat(page.locator("#verdict")).hasText("■ Full: file descriptors, upstream connections.");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Upstream connections: full.");
    }

    @Test
    void whatASystemDoesNotCountIsSaidToBeMissing() {
        part("descriptors").put("limit", null);
        status.put("ports", new HashMap<>(Map.of("available", false)));
        weir.say(status);
        Page page = open(DESKTOP);
        assertThat(page.locator("#descriptors .sentence"))
                .hasText("83 descriptors are open; the system names no limit.");
        assertThat(page.locator("#ports .sentence")).hasText("Not available: ports can be counted on Linux alone.");
        assertThat(page.getByRole(AriaRole.METER)).hasCount(2);
    }

    @Test
    void aRowPerDestinationSaysWhoHoldsWhat() {
        Page page = open(DESKTOP);
        Locator app = page.locator("#destinations tbody").first();
        assertThat(app.getByRole(AriaRole.ROWHEADER)).hasText("http://app.internal:9000");
        assertThat(app.locator("td.number")).hasText(new String[] {"3", "9", "1", "2", "4", "99.1 %", "5", "28,219"});
        assertThat(app.locator(".facts div")).hasText(new String[] {
            "Oldest lease 12 s, by GET /reports/2026?format=pdf (route proxy)",
            "Last error 2 min ago, closed: The upstream closed the connection before its response was through.",
            "Sockets 12 ESTABLISHED, 1 CLOSE_WAIT"
        });
        assertThat(app.locator(".notes")).containsText("is in CLOSE_WAIT");
        assertThat(page.locator("#destinations tbody")
                        .nth(1)
                        .locator(".facts div")
                        .last())
                .hasText("Sockets not available");
    }

    @Test
    void routesAndFailuresLeadToWhatTheirOutcomeMeans() {
        Page page = open(DESKTOP);
        Locator routes = page.locator("#routes tbody tr");
        assertThat(routes.first().locator(".number")).hasText(new String[] {"14", "1,234", "1.2 ms", "9.4 ms"});
        assertThat(routes.first().locator(".outcomes li")).hasText(new String[] {"ok 123,456", "pool-full 2"});
        assertThat(routes.nth(1)).containsText("none yet");
        Locator failure = page.locator("#recent tbody tr");
        assertThat(failure).containsText("256 exchanges have a connection and 1024 wait for one.");
        for (Locator link : List.of(routes.first().locator("a"), failure.locator("a"))) {
            assertThat(link).hasAttribute("href", "outcomes/pool-full");
        }
    }

    @Test
    void theConfigurationSaysWhereEachValueCameFrom() {
        Page page = open(DESKTOP);
        page.getByText("Shared by all routes", new Page.GetByTextOptions().setExact(false))
                .first()
                .click();
        Locator set = page.locator("#configuration tr.set").first();
        assertThat(set.locator("th, td")).hasText(new String[] {
            "maxHops",
            "4",
            "environment WEIR_MAX_HOPS",
            "Weirs that a request may pass. Expected: a whole number from 1 to 255."
        });
        assertThat(weir.asked()).filteredOn("configuration.json"::equals).hasSize(1);
    }

    @Test
    void aPageWithNothingToShowSaysSo() {
        status.putAll(Map.of("destinations", new Object[0], "routes", new Object[0], "recent", new Object[0]));
        status.putAll(Map.of("ready", false, "notReady", "unconfigured"));
        weir.say(status);
        Page page = open(DESKTOP);
        assertThat(page.getByText("No destination yet")).isVisible();
        assertThat(page.getByText("There is no route")).isVisible();
        assertThat(page.getByText("None so far")).isVisible();
        assertThat(page.getByRole(AriaRole.TABLE)).hasCount(0);
        assertThat(page.locator("#verdict")).containsText("set its proxyTo");
    }

    @Test
    void whatOthersWroteIsTextAndNothingElse() {
        for (Map<String, Object> row : List.of(destination(0), row("routes", 0), row("recent", 0))) {
            row.replaceAll((name, value) -> value instanceof String ? HOSTILE : value);
        }
        destination(0).put("notes", new Object[] {HOSTILE});
        lease().put("path", HOSTILE);
        row("routes", 0).put("outcomes", Map.of(HOSTILE, 1));
        status.put("notes", new Object[] {HOSTILE});
        status.put("home", HOSTILE);
        weir.say(status);
        weir.sayConfiguration(
                StatusStub.cannedConfiguration().replace("http://app.internal:9000", HOSTILE.replace("\"", "\\\"")));
        Page page = open(DESKTOP);
        assertThat(page.locator("#destinations tbody").first().getByRole(AriaRole.ROWHEADER))
                .hasText(HOSTILE);
        assertThat(page.locator("#destinations .facts").first()).containsText("GET " + HOSTILE);
        assertThat(page.locator("#recent")).containsText(HOSTILE);
        assertThat(page.locator("#notes")).hasText(HOSTILE);
        assertThat(page.locator("#configuration")).containsText(HOSTILE);
        assertThat(page.locator("#recent a").getAttribute("href")).startsWith("outcomes/%2F%3Cscript%3E");
        assertThat(page.evaluate("() => window.ran")).isNull();
        assertThat(page.locator("main script, main img")).hasCount(0);
        assertThat(tab.complaints()).isEmpty();
    }
}
