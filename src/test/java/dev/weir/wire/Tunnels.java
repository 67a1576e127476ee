package dev.weir.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/** Forward proxies that tunnel, by CONNECT or by SOCKS5, to the loopback only, and write down whom they were asked for. */
public final class Tunnels {
    private Tunnels() {}

    /** @param asked gets the heads of all requests, whatever they ask */
    public static TcpRelay byConnect(List<String> asked) {
        return new TcpRelay(client -> {
            String head = head(client);
            asked.add(head);
            if (!head.startsWith("CONNECT ")) {
                return 0;
            }
            client.getOutputStream().write("HTTP/1.1 200 Go on\r\n\r\n".getBytes(ISO_8859_1));
            String authority = head.split(" ")[1];
            return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
        });
    }

    /** Byte for byte: what follows the head is not ours to read. */
    private static String head(Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = client.getInputStream().read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /**
     * RFC 1928, without authentication.
     *
     * @param asked gets {@code HOST:PORT}
     * @param reply 0 grants, anything else refuses
     */
    public static TcpRelay bySocks5(List<String> asked, int reply) {
        return new TcpRelay(client -> {
            DataInputStream in = new DataInputStream(client.getInputStream());
            in.readByte();
            in.skipNBytes(in.readUnsignedByte());
            client.getOutputStream().write(new byte[] {5, 0});
            in.skipNBytes(3); // version, CONNECT, reserved
            byte[] host = new byte[lengthOf(in.readByte(), in)];
            in.readFully(host);
            int port = in.readUnsignedShort();
            String name =
                    host.length == 4 ? InetAddress.getByAddress(host).getHostAddress() : new String(host, ISO_8859_1);
            asked.add(name + ":" + port);
            client.getOutputStream().write(new byte[] {5, (byte) reply, 0, 1, 0, 0, 0, 0, 0, 0});
            return reply == 0 ? port : 0;
        });
    }

    private static int lengthOf(byte addressType, DataInputStream in) throws IOException {
        return addressType == 1 ? 4 : in.readUnsignedByte();
    }
}
