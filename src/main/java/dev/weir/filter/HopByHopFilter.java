package dev.weir.filter;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Home;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.Refusal;
import dev.weir.exchange.TransferCodings;
import dev.weir.exchange.Upgrade;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;

/**
 * Copies the end-to-end header fields and leaves behind those of this hop, and those that a {@code Connection} field
 * names, both ways (RFC 9110 §7.6.1).
 *
 * <p>Refuses a request with a transfer coding beside {@code chunked} (501; RFC 9112 §6.1: SHOULD): it would stay in the
 * body, and its name may not.
 *
 * <p>HTTP/2 may split {@code Cookie} into several fields; towards HTTP/1.1 they are one again (RFC 9113 §8.2.3: MUST).
 *
 * <p>Of a request that asks for another protocol, {@code Connection} and {@code Upgrade} are set afresh; so they are on the
 * way back, where the upstream switches or says that it wants one.
 *
 * <p>A field that an earlier filter has set for the upstream request stands; the client's of that name is not copied.
 */
public final class HopByHopFilter extends ChainFilter {
    private static final long serialVersionUID = 1;

    /**
     * What belongs to one hop. {@code Expect} is among them because only what we understand of it goes on, from where the
     * body is sent; {@code TE}, because all that we carry on of it is that trailers are welcome; {@code HTTP2-Settings},
     * since it belongs to an upgrade that ends here.
     */
    private static final Set<HttpHeader> HOP_BY_HOP = EnumSet.of(
            HttpHeader.CONNECTION,
            HttpHeader.KEEP_ALIVE,
            HttpHeader.PROXY_CONNECTION,
            HttpHeader.PROXY_AUTHENTICATE,
            HttpHeader.PROXY_AUTHORIZATION,
            HttpHeader.TE,
            HttpHeader.TRANSFER_ENCODING,
            HttpHeader.UPGRADE,
            HttpHeader.HTTP2_SETTINGS,
            HttpHeader.EXPECT);

    /** What {@code Connection} cannot be used to remove: doing so would change who is asked, by whom, and for what. */
    private static final Set<String> PROTECTED =
            Set.of("host", "content-length", "authorization", "cookie", "forwarded", "via", "cdn-loop", "max-forwards");

    private transient Home home;

    @Override
    public void init() {
        home = Home.of(getServletContext());
    }

    @Override
    protected boolean filter(Exchange exchange) throws IOException {
        HttpFields received = home.fields(exchange.request());
        if (TransferCodings.areForeign(received)) {
            exchange.refuse(new Refusal(
                    Outcome.TRANSFER_CODING_UNSUPPORTED,
                    "The request has a Transfer-Encoding other than chunked, which cannot be carried on."));
            return false;
        }
        copyRequestFields(exchange, received);
        welcomeTrailers(received, exchange.upstreamFields());
        askForUpgrade(exchange);
        exchange.onResponseHead(() -> {
            List<String> offered = offered(exchange);
            strip(exchange.clientFields());
            putUpgrade(exchange.clientFields(), offered);
        });
        return true;
    }

    /** An upgrade is asked for hop by hop, so that it is this hop that asks the next one (RFC 9110 §7.8). */
    private static void askForUpgrade(Exchange exchange) {
        Upgrade upgrade = Upgrade.of(exchange.request());
        if (upgrade != null) {
            exchange.askFor(upgrade);
            putUpgrade(exchange.upstreamFields(), upgrade.protocols());
        }
    }

    /** What the upstream switches to, or says that it wants (RFC 9110 §15.5.22); empty for any other response. */
    private static List<String> offered(Exchange exchange) {
        return switch (exchange.upstreamStatus()) {
            case 101, 426 ->
                Upgrade.carried(
                        exchange.clientFields().getFields("Upgrade").stream().map(HttpField::getValue));
            default -> List.of();
        };
    }

    private static void putUpgrade(HttpFields.Mutable fields, List<String> protocols) {
        if (!protocols.isEmpty()) {
            fields.add("Connection", "Upgrade");
            fields.add("Upgrade", String.join(", ", protocols));
        }
    }

    private static void copyRequestFields(Exchange exchange, HttpFields received) {
        HttpFields.Mutable fields = exchange.upstreamFields();
        HttpFields alreadySet = fields.asImmutable();
        Set<String> named = elements(received, HttpHeader.CONNECTION);
        boolean chunked = received.contains(HttpHeader.TRANSFER_ENCODING);
        for (HttpField field : received) {
            // A length beside a transfer coding is not to be believed (RFC 9112 §6.3), and must not travel on.
            boolean unbelieved = chunked && field.getHeader() == HttpHeader.CONTENT_LENGTH;
            if (!unbelieved && !isHopByHop(field, named) && !alreadySet.contains(field.getName())) {
                fields.add(field);
            }
        }
        if (exchange.isHttp2() && fields.contains(HttpHeader.COOKIE)) {
            fields.put(HttpHeader.COOKIE, String.join("; ", fields.getValuesList(HttpHeader.COOKIE)));
        }
    }

    /** As this hop's own field (RFC 9110 §10.1.4), and only where the client takes the trailers that we carry on. */
    private static void welcomeTrailers(HttpFields received, HttpFields.Mutable fields) {
        if (elements(received, HttpHeader.TE).contains("trailers")) {
            fields.add("TE", "trailers").add("Connection", "TE");
        }
    }

    private static void strip(HttpFields.Mutable fields) {
        Set<String> named = elements(fields, HttpHeader.CONNECTION);
        for (ListIterator<HttpField> all = fields.listIterator(); all.hasNext(); ) {
            if (isHopByHop(all.next(), named)) {
                all.remove();
            }
        }
    }

    private static boolean isHopByHop(HttpField field, Set<String> namedByConnection) {
        return (field.getHeader() != null && HOP_BY_HOP.contains(field.getHeader()))
                || (!namedByConnection.isEmpty() && isNamed(field.getLowerCaseName(), namedByConnection));
    }

    private static boolean isNamed(String name, Set<String> byConnection) {
        return byConnection.contains(name) && !PROTECTED.contains(name) && !name.startsWith("x-forwarded-");
    }

    /** The elements of a list in lower case, without {@code keep-alive}, the most common, which is of one hop in any case. */
    private static Set<String> elements(HttpFields fields, HttpHeader name) {
        Set<String> elements = Set.of();
        for (HttpField field : fields) {
            if (field.getHeader() == name && !HttpHeaderValue.KEEP_ALIVE.is(field.getValue())) {
                elements = elements.isEmpty() ? new HashSet<>() : elements;
                for (String element : field.getValue().split(",")) {
                    elements.add(element.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return elements;
    }
}
