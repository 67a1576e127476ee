package dev.weir.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.weir.wire.Client;
import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user sees who starts the demo, puts load on it and opens the page; and that it is true. */
@ExtendWith(SharedBrowser.class)
class StatusPageUnderLoadIT {
    private static final int STREAMS = 20;
    private static final int CLIENTS = 24;
    private static final String KEEP_WHAT_IS_GIVEN = """
            const ask = window.fetch;
            window.fetch = async (...request) => {
              const response = await ask(...request);
              if (response.url.includes('status.json')) {
                window.given = await response.clone().json();
              }
              return response;
            };""";
    private static final Path PICTURES = Path.of("target", "pictures");

    @ParameterizedTest
    @EnumSource(names = "LAUNCHER")
    void theDemoUnderLoadShowsWhatIsBoundedAndHowFullItIs(Home home, Browser browser) {
        Deployment demo = Deployment.untouched()
                .homeSetting("demo", "")
                .homeSetting("route", "/broken=http://" + SuiteRoute.DEAD.authority())
                .descriptorLimit(1024);
        List<Client> streams = new ArrayList<>();
        try (RunningWeir weir = home.start(demo);
                Browser.Tab tab = browser.tab(1280, 900)) {
            for (int i = 0; i < STREAMS; i++) {
                streams.add(get(weir, "/proxy/events"));
            }
            CompletableFuture<Map<String, Integer>> load = CompletableFuture.supplyAsync(
                    () -> new LoadClients(weir.uri("/proxy/")).run(CLIENTS, Duration.ofSeconds(8)));
            get(weir, "/broken/<script>document.title='hurt'</script>").close();
            Page page = tab.page();
            page.addInitScript(KEEP_WHAT_IS_GIVEN);
            page.navigate(weir.uri("/-/").toString());
            assertThat(page.locator("#routes")).containsText("connect-refused 1");
            assertShown(page);
            page.waitForTimeout(4000); // for the charts of the picture alone
            picture(page, "status.png");
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            picture(page, "status-dark.png");
            page.setViewportSize(360, 740);
            assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                    .isEqualTo(360);
            picture(page, "status-phone.png");
            assertThat(page.locator("#recent")).containsText("<script>document.title='hurt'</script>");
            assertThat(page.title()).doesNotContain("hurt");
            assertThat(load.join()).containsOnlyKeys("200");
            assertThatItIsTrue(page, weir);
            tab.assertClean(weir.uri("").toString(), complaint -> false);
        } finally {
            streams.forEach(Client::close);
        }
    }

    private static Client get(RunningWeir weir, String path) {
        Client client = Client.connect(weir.host(), weir.port());
        client.send("GET " + weir.contextPath() + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        client.receiveHead();
        return client;
    }

    /** The page shows the numbers that it was given last. */
    private static void assertShown(Page page) {
        page.waitForFunction("""
                () => {
                  const shown = id => Number(document.querySelector(`#${id} [role=meter]`)?.getAttribute('aria-valuenow'));
                  return window.given
                    && shown('exchanges') === window.given.inFlight
                    && shown('connections') === window.given.connections.open
                    && shown('descriptors') === window.given.descriptors.open;
                }""");
        JsonPath json = JsonPath.from((String) page.evaluate("JSON.stringify(window.given)"));
        assertThat(json.getInt("inFlight")).isBetween(STREAMS, STREAMS + CLIENTS);
        assertThat(json.getInt("descriptors.limit")).isEqualTo(1024);
    }

    private static Locator meter(Page page, String name) {
        return page.getByRole(
                AriaRole.METER, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** When nothing moves but the streams, the numbers are those of the kernel. */
    private static void assertThatItIsTrue(Page page, RunningWeir weir) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Status status = Status.of(weir);
            Map<String, Object> demo = status.json().<Map<String, Object>>getList("destinations").stream()
                    .filter(row -> !row.get("leased").equals(0))
                    .findFirst()
                    .orElseThrow();
            int port = Integer.parseInt(demo.get("origin").toString().replaceFirst(".*:", ""));
            long open = ProcessSockets.open(weir.pid(), remote -> remote == port);
            assertThat(demo).containsEntry("leased", STREAMS).containsEntry("sockets", (int) open);
            assertThat(((Map<?, ?>) demo.get("states")).get("ESTABLISHED")).isEqualTo((int) open);
            assertThat(status.inFlight()).isEqualTo(STREAMS);
            // The connection that asks is closed behind its answer, or not yet.
            assertThat(status.json().getInt("descriptors.open"))
                    .isBetween(weir.openDescriptors() - 1, weir.openDescriptors() + 1);
        });
        assertThat(meter(page, "Exchanges in flight")).hasAttribute("aria-valuenow", String.valueOf(STREAMS));
    }

    private static void picture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)).setFullPage(true));
    }
}
