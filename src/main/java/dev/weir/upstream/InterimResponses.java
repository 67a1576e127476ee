package dev.weir.upstream;

import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;

/**
 * Takes every interim response (RFC 9110 §15.2: 1xx other than 101) out of the way of the final one. Without it Jetty
 * would wait for ever after the first that it did not expect.
 */
final class InterimResponses implements ProtocolHandler {
    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL = 200;

    @Override
    public String getName() {
        return "interim";
    }

    @Override
    public boolean accept(Request request, Response response) {
        int status = response.getStatus();
        return status >= CONTINUE && status < FIRST_FINAL && status != SWITCHING_PROTOCOLS;
    }

    @Override
    public Response.Listener getResponseListener() {
        return new Response.Listener() {
            @Override
            public void onSuccess(Response response) {
                HttpConversation conversation = ((HttpRequest) response.getRequest()).getConversation();
                conversation.updateResponseListeners(null);
                HttpExchange exchange = conversation.getExchanges().peekLast();
                boolean proceed = response.getStatus() == CONTINUE;
                exchange.resetResponse();
                if (proceed) {
                    exchange.proceed(null, null);
                }
            }
        };
    }
}
