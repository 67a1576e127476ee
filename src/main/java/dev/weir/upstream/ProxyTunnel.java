package dev.weir.upstream;

import dev.weir.config.UpstreamProxy;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.client.Socks5Proxy;

/**
 * How Jetty's client gets through {@code upstreamProxy}: always by a tunnel, for {@code http} upstreams too, so that one
 * rule holds: what goes out is what an upstream without a proxy would get, and TLS is with the upstream itself.
 */
final class ProxyTunnel {
    private ProxyTunnel() {}

    static ProxyConfiguration.Proxy through(UpstreamProxy proxy) {
        return proxy.scheme().equals("socks5")
                ? new Socks5Proxy(proxy.host(), proxy.port())
                : new HttpProxy(proxy.host(), proxy.port()) {
                    @Override
                    public boolean requiresTunnel(Origin upstream) {
                        return true;
                    }
                };
    }
}
