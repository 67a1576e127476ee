package dev.weir.proxy;

import dev.weir.exchange.Exchange;
import dev.weir.exchange.Exchange.Leg;
import dev.weir.exchange.Switching;
import dev.weir.tunnel.Tunnel;
import dev.weir.upstream.UpstreamRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.client.Response;

/**
 * What becomes of an exchange where the upstream switches protocols as it was asked to: the 101 goes on to the client, then
 * a tunnel begins. So it does where the client has asked for a connection alone, with a 200 when it is there. The exchange is in flight as long as that lasts, for it holds two sockets and what moves between them.
 * Of most exchanges nothing of the kind becomes.
 *
 * <p>Threads: any.
 */
final class ProtocolSwitch implements Tunnel.Listener {
    private final Exchange exchange;
    private final Machinery machinery;
    private final PhaseTimer timer;
    private final Progress progress;
    /** Null unless the upstream has switched. */
    private volatile Tunnel tunnel;

    private volatile boolean made;

    ProtocolSwitch(Exchange exchange, Machinery machinery, PhaseTimer timer, Progress progress) {
        this.exchange = exchange;
        this.machinery = machinery;
        this.timer = timer;
        this.progress = progress;
    }

    /** Whether a response is a 101. */
    static boolean is(Response response) {
        return response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS;
    }

    /** Whether a 101 is what the request asked for. */
    static boolean isAskedFor(Exchange exchange, Response response) {
        return exchange.upgrade() != null && exchange.upgrade().isGrantedBy(response.getHeaders());
    }

    /**
     * Takes the upstream's connection over, which is the client's to the upstreams no more, then tells the client.
     *
     * <p>Race: the exchange may be failing already; then the connection is cut as soon as it is ours.
     */
    void begin(UpstreamRequest upstream, ClientAnswer answer) {
        Tunnel begun = new Tunnel(
                new Tunnel.Engine(
                        machinery.client().buffers(),
                        machinery.client().executor(),
                        machinery.requestBufferSize(),
                        machinery.client().jetty().getResponseBufferSize()),
                this);
        tunnel = begun;
        if (exchange.isConnect()) {
            exchange.report().connected();
        }
        upstream.becomeTunnel(end -> {
            begun.joinUpstream(end);
            answer.answer(exchange.isConnect() ? Answer.ofConnect() : Answer.ofSwitch(exchange.clientFields()));
        });
        if (timer.phase() == Phase.ENDING) {
            begun.abort();
        }
    }

    /** Whether the client has been told: the exchange is a tunnel. */
    boolean isMade() {
        return made;
    }

    /** The client's 101 is written. */
    void clientTold() {
        made = true;
        Switching switching = new Switching(tunnel::joinClient, tunnel::abort);
        machinery.home().switchProtocols(exchange, machinery.client().executor(), switching);
    }

    /** Ends it, in whatever state it is; again does nothing. */
    void cut() {
        Tunnel begun = tunnel;
        if (begun != null) {
            begun.abort();
        }
    }

    @Override
    public void open() {
        progress.enter(Phase.TUNNELLING);
    }

    @Override
    public void moved() {
        timer.moved();
    }

    @Override
    public void received(int bytes) {
        exchange.report().received(bytes);
    }

    @Override
    public void sent(int bytes) {
        exchange.report().sent(bytes);
    }

    @Override
    public void ended() {
        exchange.report().upstreamEnded();
        exchange.end(Leg.UPSTREAM);
    }
}
