package dev.weir.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests of the status page share: the browser, and a stub that serves the page. No Weir is started. */
@ExtendWith(SharedBrowser.class)
abstract class StatusPageSuite {
    static final int DESKTOP = 1280;

    final Map<String, Object> status = StatusStub.canned();

    StatusStub weir;

    Browser.Tab tab;

    private Browser browser;

    @BeforeEach
    final void startStub(Browser shared) {
        browser = shared;
        weir = StatusStub.start();
    }

    /** Every page here keeps to its own site and complains of nothing but of an answer that the test withheld. */
    @AfterEach
    final void theConsoleIsCleanAndNoOtherSiteWasAsked() {
        try (StatusStub stub = weir;
                Browser.Tab closed = tab) {
            closed.assertClean(stub.origin(), complaint -> complaint.startsWith("Failed to load resource"));
        }
    }

    /** Everything that can be shown, and 50 failures. */
    final void fill() {
        part("connections").putAll(Map.of("secondsLeft", 20, "left", 100));
        part("descriptors").putAll(Map.of("open", 700, "left", 222));
        status.put("notes", new Object[] {"One connection of http://app.internal:9000 has been leased for 12 s."});
        Object[] failures = new Object[50];
        for (int i = 0; i < failures.length; i++) {
            Map<String, Object> failure = new HashMap<>(row("recent", 0));
            failure.put("time", 1764299999000L - 1000 * i);
            failure.put("path", "/a/long/path/of/a/request/that/says/much/and/has/a/number/" + i);
            failures[i] = failure;
        }
        status.put("recent", failures);
        weir.say(status);
    }

    final Page open(int width) {
        Page page = openTab(width);
        load(page);
        return page;
    }

    final Page openTab(int width) {
        tab = browser.tab(width, 800);
        return tab.page();
    }

    final void load(Page page) {
        page.navigate(weir.page());
        assertThat(page.locator("#bars .card")).hasCount(4);
        assertThat(page.locator("#configuration details")).hasCount(2);
    }

    @SuppressWarnings("unchecked")
    final Map<String, Object> part(String name) {
        return (Map<String, Object>) status.get(name);
    }

    final Map<String, Object> destination(int index) {
        return row("destinations", index);
    }

    @SuppressWarnings("unchecked")
    final Map<String, Object> lease() {
        return (Map<String, Object>) destination(0).get("oldestLease");
    }

    @SuppressWarnings("unchecked")
    final Map<String, Object> row(String list, int index) {
        return (Map<String, Object>) ((Object[]) status.get(list))[index];
    }
}
