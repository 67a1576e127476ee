package dev.weir.peers;

import io.undertow.Undertow;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.URI;

/** Undertow's {@link ProxyHandler}, alone, with as many I/O threads as the machine has cores. Arguments: PORT UPSTREAM [CONNECTIONS]. */
public final class UndertowPeer {
    /** Each I/O thread has a pool of its own; with fewer connections than clients Undertow would answer 503. */
    private static final int CONNECTIONS_PER_THREAD = 1024;

    private static final int MAX_REQUEST_MILLIS = 60_000;

    private UndertowPeer() {}

    public static void main(String[] args) {
        int connections = args.length > 2 ? Integer.parseInt(args[2]) : CONNECTIONS_PER_THREAD;
        // Set before the host is added: its pool takes the number once.
        LoadBalancingProxyClient upstream = new LoadBalancingProxyClient()
                .setConnectionsPerThread(connections)
                .addHost(URI.create(args[1]));
        ProxyHandler proxy = ProxyHandler.builder()
                .setProxyClient(upstream)
                .setMaxRequestTime(MAX_REQUEST_MILLIS)
                .build();
        Undertow.builder()
                .addHttpListener(Integer.parseInt(args[0]), "127.0.0.1")
                .setIoThreads(Runtime.getRuntime().availableProcessors())
                .setHandler(proxy)
                .build()
                .start();
    }
}
