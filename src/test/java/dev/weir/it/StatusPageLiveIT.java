package dev.weir.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The status page follows what it is told, and says so when it is told nothing. */
class StatusPageLiveIT extends StatusPageSuite {
    @Test
    void anUpdateLeavesFocusScrollingAndSelectionAlone() {
        fill();
        Page page = open(DESKTOP);
        page.locator("#recent a").nth(20).focus();
        page.evaluate("() => getSelection().selectAllChildren(document.querySelector('#ports .sentence'))");
        Object scrolled = page.evaluate("() => document.querySelector('.long').scrollTop");
        Object focused = page.evaluate("() => (window.held = document.activeElement).closest('tr').textContent");
        assertThat((Number) scrolled).isNotEqualTo(0);
        status.put("recent", List.of(row("recent", 0), row("recent", 1)).toArray());
        fill();
        part("connections").put("open", 77);
        weir.say(status);
        assertThat(page.locator("#connections .now")).hasText("77");
        assertThat(page.evaluate(
                        "() => document.activeElement === window.held && window.held.closest('tr').textContent"))
                .isEqualTo(focused);
        assertThat(page.evaluate("() => document.querySelector('.long').scrollTop"))
                .isEqualTo(scrolled);
        assertThat((String) page.evaluate("() => getSelection().toString()"))
                .startsWith("13 of 28,232 ports are in use");
    }

    @Test
    void nobodyIsAskedWhileThePageIsHiddenAndTheHistoryFillsTheGap() {
        Page page = openTab(DESKTOP);
        stopClock(page);
        load(page);
        assertThat(weir.asked()).contains("status.json?history=1").doesNotContain("status.json");
        page.clock().runFor(1100);
        awaitAsked("status.json", 1);
        look(page, "hidden");
        int before = weir.asked().size();
        page.clock().runFor(30_000);
        assertThat(weir.asked()).hasSize(before);
        part("connections").put("open", 99);
        weir.say(status);
        look(page, "visible");
        assertThat(page.locator("#connections .now")).hasText("99");
        assertThat(weir.asked()).filteredOn("status.json?history=1"::equals).hasSize(2);
    }

    @Test
    void aRequestThatIsGivenUpForTheHiddenPageIsNoFailure() {
        Page page = openTab(DESKTOP);
        stopClock(page);
        load(page);
        page.route("**/status.json", held -> {}); // never answered; the one with the history is another
        page.waitForRequest("**/status.json", () -> page.clock().runFor(1000));
        part("connections").put("open", 55);
        weir.say(status);
        look(page, "hidden", "visible");
        assertThat(page.locator("#connections .now")).hasText("55");
        assertThat(page.locator("#trouble")).isEmpty();
        assertThat(weir.asked()).last().isEqualTo("status.json?history=1");
    }

    /** From here on time passes for the page when the test says so. */
    private static void stopClock(Page page) {
        page.clock().install(new Clock.InstallOptions().setTime(1764300000000L));
        page.clock().pauseAt(1764300001000L);
    }

    /** What the browser does when another tab comes before this one, and when that goes, all at once. */
    private static void look(Page page, String... visibilities) {
        page.evaluate(
                "visibilities => visibilities.forEach(visibility => {"
                        + " Object.defineProperty(document, 'visibilityState', {value: visibility, configurable: true});"
                        + " document.dispatchEvent(new Event('visibilitychange')); })",
                visibilities);
    }

    private void awaitAsked(String name, long times) {
        Awaitility.await().until(() -> asked(name) >= times);
    }

    private long asked(String name) {
        return weir.asked().stream().filter(name::equals).count();
    }

    @Test
    void whoMayNotReadItIsToldWhatDecides() {
        weir.answerStatusWith(403);
        Page page = openTab(DESKTOP);
        page.navigate(weir.page());
        assertThat(page.locator("#trouble")).containsText("weir.statusAllow decides");
        weir.answerStatusWith(200);
        assertThat(page.locator("#trouble")).isHidden();
        assertThat(page.locator("#liveness")).hasText("● Live");
    }

    @Test
    void aWeirThatDoesNotAnswerIsSaidToBeGoneSinceWhenAndAskedLessOften() {
        Page page = openTab(DESKTOP);
        stopClock(page);
        load(page);
        weir.answerStatusWith(0);
        page.clock().runFor(1000);
        assertThat(page.locator("#trouble"))
                .hasText(Pattern.compile(
                        "^Not live since \\d\\d:\\d\\d:\\d\\d\\. Weir cannot be reached: .* every 1 s\\.$"));
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("Not live since");
        assertThat(page.locator("#liveness")).hasText("■ Not live");
        for (int pause : List.of(1, 2, 4, 8)) {
            assertThat(page.locator("#trouble")).containsText("every %d s.".formatted(pause));
            int before = weir.asked().size();
            page.clock().runFor(pause * 1000 - 1);
            assertThat(page.locator("#trouble")).containsText("every %d s.".formatted(pause));
            assertThat(weir.asked()).hasSize(before);
            page.clock().runFor(1);
        }
        assertThat(page.locator("#trouble")).containsText("every 15 s.");
        weir.answerStatusWith(200);
        page.clock().runFor(15_000);
        assertThat(page.locator("#trouble")).isHidden();
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Weir answers again; the page is live.");
        assertThat(weir.asked())
                .filteredOn(name -> name.startsWith("status.json"))
                .last()
                .isEqualTo("status.json?history=1");
        long asked = asked("status.json");
        page.clock().runFor(1000);
        awaitAsked("status.json", asked + 1);
    }
}
