package dev.weir.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The status page can be read: in both themes, on a phone, with the keyboard, by a screen reader. */
class StatusPageReadableIT extends StatusPageSuite {
    /** The least width that WCAG 2.2 §1.4.10 names. */
    private static final int NARROW = 320;

    /** The least contrast of all text on the page with what is behind it, with the text that has it. */
    private static final String LEAST_CONTRAST = """
            () => {
              const rgb = color => color.match(/[\\d.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b]
                .map(part => part / 255)
                .map(part => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
                .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
              const behind = element => {
                for (let at = element; at; at = at.parentElement) {
                  const color = rgb(getComputedStyle(at).backgroundColor);
                  if (color.length === 3 || color[3] === 1) return color;
                }
                throw new Error('nothing opaque behind the text');
              };
              const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const found = [];
              while (texts.nextNode()) {
                const element = texts.currentNode.parentElement;
                if (texts.currentNode.nodeValue.trim() && element.checkVisibility() && element.tagName !== 'NOSCRIPT') {
                  const pair = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((a, b) => b - a);
                  found.push({ratio: (pair[0] + 0.05) / (pair[1] + 0.05), text: texts.currentNode.nodeValue});
                }
              }
              const least = found.reduce((a, b) => (b.ratio < a.ratio ? b : a));
              return {count: found.length, ratio: least.ratio, text: least.text};
            }""";

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void allTextStandsOutInBothThemes(ColorScheme theme) {
        fill();
        Page page = openTab(DESKTOP);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
        load(page);
        page.locator("#configuration summary").first().click();
        Map<?, ?> least = (Map<?, ?>) page.evaluate(LEAST_CONTRAST);
        assertThat(((Number) least.get("count")).intValue()).isGreaterThan(100);
        assertThat(((Number) least.get("ratio")).doubleValue())
                .as("contrast of \"%s\"", least.get("text"))
                .isGreaterThanOrEqualTo(4.5);
    }

    @Test
    void theChartsFollowTheTheme() {
        Page page = openTab(DESKTOP);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        load(page);
        Object light = page.evaluate("() => document.querySelector('canvas').toDataURL()");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.waitForFunction("light => document.querySelector('canvas').toDataURL() !== light", light);
        assertThat(page.locator(".plot canvas")).hasCount(4);
    }

    @Test
    void eachChartSaysItsNumbersInWords() {
        Page page = open(DESKTOP);
        assertThat(page.getByRole(AriaRole.IMG, new Page.GetByRoleOptions().setName("Rate over the last 15 minutes")))
                .hasAttribute(
                        "aria-label",
                        "Rate over the last 15 minutes: requests now 1,234 /s, lowest 1,000 /s, highest 1,234 /s");
        assertThat(page.locator("#charts .legend").nth(1)).containsText("p99 8 ms 7 ms to 9 ms");
    }

    @ParameterizedTest
    @ValueSource(ints = {NARROW, 375, 768, 1024})
    void noWidthMakesThePageScrollSideways(int width) {
        fill();
        Page page = open(width);
        page.locator("#configuration summary").first().click();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .isEqualTo(0);
        if (width < 960) {
            assertThat(
                            page.evaluate(
                                    "() => [...document.querySelectorAll('.scroll')]"
                                            + ".filter(region => region.scrollWidth > region.clientWidth).map(region => region.outerHTML)"))
                    .as("tables that are no cards")
                    .isEqualTo(List.of());
        }
        if (width == NARROW) {
            assertThat(
                            page.evaluate(
                                    "() => [...document.querySelectorAll('.card, td, th, p, li, summary')].filter("
                                            + "e => e.checkVisibility() && !e.closest('.unseen, thead, .plot') && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline').map(e => e.outerHTML)"))
                    .as("what does not fit into its place")
                    .isEqualTo(List.of());
        }
    }

    @Test
    void aRegionThatScrollsIsReachedWithTheKeyboard() {
        fill();
        Page page = open(DESKTOP);
        Locator region = page.getByRole(
                        AriaRole.REGION, new Page.GetByRoleOptions().setName("Latest refusals and failures"))
                .and(page.locator(".scroll"));
        assertThat(region).hasAttribute("tabindex", "0");
        assertThat(page.locator("#routes").locator("..")).not().hasAttribute("tabindex", "0");
        for (int stops = 0; stops < 40 && !focused(region); stops++) {
            page.keyboard().press("Tab");
        }
        assertThat(region).isFocused();
        assertThat((String) region.evaluate("region => getComputedStyle(region).outlineStyle"))
                .isEqualTo("solid");
        page.keyboard().press("End");
        page.waitForFunction("() => document.querySelector('.long').scrollTop > 0");
    }

    private static boolean focused(Locator region) {
        return (boolean) region.evaluate("region => region === document.activeElement");
    }

    @Test
    void theOutlineIsInOrderAndEveryTableHasItsNames() {
        Page page = open(DESKTOP);
        assertThat(page.evaluate(
                        "() => [...document.querySelectorAll('h1, h2, h3')].map(heading => heading.tagName).join(' ')"))
                .isEqualTo("H1 H2 H3 H3 H3 H3 H2 H3 H3 H3 H3 H2 H2 H2 H2");
        assertThat(page.evaluate(
                        "() => [...document.querySelectorAll('table')].every(table => table.caption?.textContent)"))
                .isEqualTo(true);
        assertThat(page.locator("th:not([scope])")).hasCount(0);
        assertThat(page.locator("html")).hasAttribute("lang", "en");
    }
}
