import java.util.List;

/** All that can be measured, in the order of a round. */
final class Peers {
    static final List<Peer> ALL = List.of(
            new WeirPeer(),
            new NginxPeer(),
            new HaproxyPeer(),
            new JavaPeer("undertow", "UndertowPeer", "undertow-core"),
            new JavaPeer("jetty-core", "JettyCorePeer", "jetty-proxy"),
            new JavaPeer("stock", "StockServletPeer", "jetty-ee11-proxy"),
            TomcatPeer.weir(),
            TomcatPeer.stock());

    private Peers() {}
}
