package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The machine's own Chromium, without a window.
 *
 * <p>Threads: all of it belongs to the thread that started it.
 */
final class Browser implements AutoCloseable {
    /** Nothing of its own goes out: a test's browser talks to who the test names. */
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-quic");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Playwright playwright, com.microsoft.playwright.Browser chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    /**
     * Skips the test where the machine has none, for nothing beyond a JDK and Maven is asked of it; fails it where
     * {@code REQUIRE_CHROMIUM} is set in the environment, so that where one was installed for this, nothing is skipped.
     */
    static void require() {
        if (System.getenv("REQUIRE_CHROMIUM") == null) {
            assumeThat(executable()).as("Chromium on this machine").isPresent();
        }
    }

    static Browser start() {
        Path installed = executable()
                .orElseThrow(() -> new AssertionError("Chromium is not installed: apt-get install chromium"));
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new Browser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(installed)
                                .setHeadless(true)
                                .setArgs(QUIET)));
    }

    private static Optional<Path> executable() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A tab with nothing from another one: no cookie, no cache. */
    Tab tab(int width, int height) {
        BrowserContext context = chromium.newContext(
                new com.microsoft.playwright.Browser.NewContextOptions().setViewportSize(width, height));
        return new Tab(context);
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }

    /** One page, and what went wrong in it. */
    static final class Tab implements AutoCloseable {
        private final BrowserContext context;
        private final Page page;
        private final List<String> complaints = new ArrayList<>();
        private final List<String> requests = new ArrayList<>();

        private Tab(BrowserContext context) {
            this.context = context;
            this.page = context.newPage();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error") || message.type().equals("warning")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
            page.onRequest(request -> requests.add(request.url()));
        }

        Page page() {
            return page;
        }

        /** Every URL that was asked for. */
        List<String> requests() {
            return List.copyOf(requests);
        }

        /** Errors and warnings on the console, and exceptions that nothing caught. */
        List<String> complaints() {
            return List.copyOf(complaints);
        }

        /** Fails where the page complained, beside what the test expects, or asked another site for something. */
        void assertClean(String origin, Predicate<String> expected) {
            assertThat(complaints).allMatch(expected);
            assertThat(requests).isNotEmpty().allSatisfy(url -> assertThat(url).startsWith(origin + "/"));
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
