package dev.weir.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The protocols that a client would like to speak instead of HTTP/1.1 on its connection (RFC 9110 §7.8).
 *
 * <p>{@code h2c} is never among them: it is a matter of one hop, and behind it requests would pass that nobody has looked
 * at (RFC 9113 §3.1 has retired it).
 *
 * @param protocols as the client wrote them, at least one
 */
public record Upgrade(List<String> protocols) {
    private static final String H2C = "h2c";

    public Upgrade {
        protocols = List.copyOf(protocols);
    }

    /**
     * What a request asks for; null where it does not: it is not HTTP/1.1 (RFC 9110 §7.8: MUST ignore), {@code Connection}
     * does not list {@code Upgrade}, or nothing is left to ask for.
     */
    public static Upgrade of(HttpServletRequest request) {
        if (request.getHeader("Upgrade") == null
                || !"HTTP/1.1".equals(request.getProtocol())
                || elements(Collections.list(request.getHeaders("Connection")).stream())
                        .noneMatch("upgrade"::equalsIgnoreCase)) {
            return null;
        }
        List<String> protocols = carried(Collections.list(request.getHeaders("Upgrade")).stream());
        return protocols.isEmpty() ? null : new Upgrade(protocols);
    }

    /** The protocols that {@code Upgrade} fields name, without those that end here. */
    public static List<String> carried(Stream<String> values) {
        return elements(values)
                .filter(protocol -> !protocol.isEmpty() && !protocol.equalsIgnoreCase(H2C))
                .toList();
    }

    private static Stream<String> elements(Stream<String> values) {
        return values.flatMap(value -> Arrays.stream(value.split(","))).map(String::strip);
    }

    /** Whether a 101 switches to what was asked for, and to nothing else (RFC 9110 §7.8: MUST NOT). */
    public boolean isGrantedBy(HttpFields fields) {
        List<String> granted = elements(
                        fields.getFields(HttpHeader.UPGRADE).stream().map(HttpField::getValue))
                .toList();
        return !granted.isEmpty() && granted.stream().allMatch(this::names);
    }

    private boolean names(String protocol) {
        return protocols.stream()
                .anyMatch(asked -> asked.toLowerCase(Locale.ROOT).equals(protocol.toLowerCase(Locale.ROOT)));
    }
}
