package dev.weir.filter;

import dev.weir.config.RouteParameters;
import dev.weir.exchange.Exchange;
import dev.weir.exchange.Outcome;
import dev.weir.exchange.ProxyUsers;
import dev.weir.exchange.ProxyUsers.Verdict;
import dev.weir.exchange.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/**
 * Asks the forward proxy's clients who they are (RFC 9110 §11.7), where {@code proxyUsers} names who may use it: by Basic
 * (RFC 7617), and before anything else is done for them. What they say stays here: {@code Proxy-Authorization} is a field
 * of this hop, and in no log.
 */
public final class ProxyUsersFilter extends ChainFilter {
    private static final long serialVersionUID = 1;
    private static final String BASIC = "Basic ";

    private transient ProxyUsers users;

    @Override
    public void init() {
        users = (ProxyUsers) getServletContext().getAttribute(ProxyUsers.class.getName());
    }

    @Override
    protected boolean filter(Exchange exchange) throws IOException {
        if (exchange.route().values().get(RouteParameters.PROXY_USERS).isEmpty()) {
            return true;
        }
        String credentials = credentials(exchange);
        int colon = credentials.indexOf(':');
        Verdict verdict = users == null || colon <= 0
                ? Verdict.UNKNOWN
                : users.check(credentials.substring(0, colon), credentials.substring(colon + 1));
        switch (verdict) {
            case KNOWN -> exchange.letIn(credentials.substring(0, colon));
            case BUSY ->
                exchange.refuse(
                        new Refusal(
                                Outcome.PROXY_AUTH_BUSY,
                                "Too many passwords are being checked at this moment; a right one is known again for a while."));
            default ->
                exchange.refuse(new Refusal(
                        Outcome.PROXY_AUTH, "This forward proxy wants a user and a password that its proxyUsers has."));
        }
        return verdict == Verdict.KNOWN;
    }

    /** {@code user:password}; empty where the client says none, or more than one. */
    private static String credentials(Exchange exchange) {
        List<String> fields = Collections.list(exchange.request().getHeaders("Proxy-Authorization"));
        if (fields.size() != 1 || !fields.get(0).regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return "";
        }
        return decoded(fields.get(0).substring(BASIC.length()).strip());
    }

    /** As UTF-8, which the challenge asks for; empty where it is not. */
    private static String decoded(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException none) {
            return "";
        }
    }
}
