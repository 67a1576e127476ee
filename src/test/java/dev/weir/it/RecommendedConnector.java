package dev.weir.it;

/**
 * What has to be set on Tomcat's {@code <Connector>} for it to hand on what clients send, as the README has it, and on
 * its {@code <Host>} for its own error pages to tell nothing. Jetty's is in {@code jetty-config}, the launcher's in the
 * launcher.
 *
 * <table>
 * <caption>Tomcat's attributes</caption>
 * <tr><td>{@code encodedSolidusHandling}<td>{@code passthrough}: else a path with {@code %2F} is refused with 400
 * <tr><td>{@code encodedReverseSolidusHandling}<td>{@code passthrough}: else one with {@code %5C} is
 * <tr><td>{@code allowBackslash}<td>{@code true}: else one with {@code \} is
 * <tr><td>{@code relaxedPathChars}<td>else a path with one of them, raw, is
 * <tr><td>{@code relaxedQueryChars}<td>else a query is
 * <tr><td>{@code maxHttpRequestHeaderSize}<td>20,480: heads up to {@code maxRequestHeadersSize}, and what a line takes
 * <tr><td>{@code maxHttpResponseHeaderSize}<td>40,960: heads up to {@code maxResponseHeadersSize}, and what Weir adds
 * <tr><td>{@code allowTrace}<td>{@code true}, only for routes that let TRACE pass: else the connector refuses it
 * <tr><td>{@code <Valve className="org.apache.catalina.valves.ErrorReportValve">} in the {@code <Host>}
 * <td>{@code showReport="false" showServerInfo="false"}: else what Tomcat refuses before it knows the application, a head
 * too large for one, is answered with a stack trace
 * </table>
 */
final class RecommendedConnector {
    private static final String ILLEGAL_CHARACTERS = "\"<>[\\]^`{|}";

    private RecommendedConnector() {}

    static Deployment of(Home home, Deployment deployment) {
        return switch (home) {
            case LAUNCHER, JETTY -> deployment;
            case TOMCAT_11, TOMCAT_10_1 ->
                deployment
                        .homeSetting("encodedSolidusHandling", "passthrough")
                        .homeSetting("encodedReverseSolidusHandling", "passthrough")
                        .homeSetting("allowBackslash", "true")
                        .homeSetting("relaxedPathChars", ILLEGAL_CHARACTERS)
                        .homeSetting("relaxedQueryChars", ILLEGAL_CHARACTERS)
                        .homeSetting("maxHttpRequestHeaderSize", "20480")
                        .homeSetting("maxHttpResponseHeaderSize", "40960")
                        .homeSetting("allowTrace", "true")
                        .homeSetting("errorReport.showReport", "false")
                        .homeSetting("errorReport.showServerInfo", "false");
        };
    }
}
