package dev.weir.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** A real application is used through the proxy as a browser would: form, session cookie and redirects stay with it. */
class LoginIT {
    private static final String PROTECTED = "/jsp/security/protected/";
    private static LoginApplication application;

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient browser = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    @BeforeAll
    static void startApplication() {
        application = LoginApplication.start();
    }

    @AfterAll
    static void stopApplication() {
        application.close();
    }

    @ParameterizedTest
    @ArgumentsSource(ChosenHomes.class)
    void aUserLogsInWorksAndLogsOutBehindThePrefix(Home home) throws IOException, InterruptedException {
        try (RunningWeir weir = home.start(Deployment.of(RouteSpec.to("/shop", application.uri())))) {
            URI page = weir.uri("/shop" + PROTECTED + "index.jsp");

            HttpResponse<String> form = send(HttpRequest.newBuilder(page).GET());
            assertThat(form.body()).contains("Login Page for Examples", "j_security_check");
            assertThat(cookies.getCookieStore().getCookies())
                    .singleElement()
                    .returns("JSESSIONID", HttpCookie::getName)
                    .returns(weir.contextPath() + "/shop", HttpCookie::getPath);

            HttpResponse<String> refused = logIn(weir, "wrong");
            assertThat(refused.body()).contains("Error Page For Examples");

            send(HttpRequest.newBuilder(page).GET());
            HttpResponse<String> in = logIn(weir, "s3cret");
            assertThat(in.uri().getPath()).isEqualTo(page.getPath());
            assertThat(in.body()).contains("You are logged in as remote user", "erin");

            HttpResponse<String> again = send(
                    HttpRequest.newBuilder(URI.create(page + "?role=tomcat")).GET());
            assertThat(again.body()).contains("You have been granted role");

            HttpResponse<String> out = send(
                    HttpRequest.newBuilder(URI.create(page + "?logoff=true")).GET());
            assertThat(out.uri().getPath()).isEqualTo(page.getPath());
            assertThat(out.body()).contains("Login Page for Examples");
            assertThat(Status.of(weir).inFlight()).isZero();
        }
    }

    private HttpResponse<String> logIn(RunningWeir weir, String password) throws IOException, InterruptedException {
        URI action = weir.uri("/shop" + PROTECTED + "j_security_check");
        return send(HttpRequest.newBuilder(action)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("j_username=erin&j_password=" + password)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
