package dev.weir.upstream;

import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpConversation;

/**
 * Takes every interim response (RFC 9110 §15.2: 1xx other than 101) out of the way of the final one. Without it Jetty
 * would wait for ever after the first that it did not expect. What becomes of them is for {@link UpstreamRequest#interim}.
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
                UpstreamRequest request = (UpstreamRequest) response.getRequest();
                request.interim(response);
                HttpConversation conversation = request.getConversation();
                conversation.updateResponseListeners(null);
                conversation.getExchanges().peekLast().resetResponse();
            }

            /** What becomes of the exchange is told to those who sent it, and not to this listener. */
            @Override
            public void onFailure(Response response, Throwable failure) {
                ((UpstreamRequest) response.getRequest()).getConversation().updateResponseListeners(null);
            }
        };
    }
}
