package dev.weir.upstream;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a name; may block for as long as it likes. */
@FunctionalInterface
interface NameLookup {
    /** The JVM's own: the hosts file, DNS, and whatever else the machine is configured to ask. */
    NameLookup SYSTEM = InetAddress::getAllByName;

    /**
     * Every address, in the order of preference.
     *
     * @throws UnknownHostException where there is none, or nobody could be asked
     */
    InetAddress[] addresses(String name) throws UnknownHostException;
}
