package dev.weir.vitals;

import java.util.List;

/**
 * What one Weir shows through JMX, as {@code dev.weir:type=Weir,context=/CONTEXT}. It is there to be read; nothing can be
 * changed.
 */
public interface WeirMXBean {
    /** The name of the home that Weir runs in. */
    String getHome();

    /** Exchanges in flight. */
    int getInFlight();

    /** The most exchanges in flight. */
    int getMaxInFlight();

    /** The budget of upstream sockets. */
    int getConnectionBudget();

    /** Upstream sockets being opened, open, or being closed. */
    int getConnectionsOpen();

    /** Pooled connections that wait for an exchange. */
    int getConnectionsIdle();

    /** Exchanges that wait for a connection. */
    int getQueued();

    /** The process's limit of descriptors; -1 where the system names none. */
    long getDescriptorLimit();

    /** Descriptors that are open. */
    long getDescriptorsOpen();

    /** Descriptors left until requests are refused; -1 where the system names no limit. */
    long getDescriptorsLeft();

    /** Whether it stops, and refuses new requests. */
    boolean isDraining();

    /** Whether it should get requests. */
    boolean isReady();

    /** The destinations with the most sockets, at most 100. */
    List<Destination> getDestinations();

    /** One destination. */
    interface Destination {
        /** {@code scheme://host:port}. */
        String getOrigin();

        /** Connections that serve an exchange. */
        int getLeased();

        /** Pooled connections that wait for one. */
        int getIdle();

        /** Connections being opened. */
        int getOpening();

        /** Exchanges that wait for a connection. */
        int getQueued();

        /** Sockets being opened, open, or being closed. */
        int getSockets();
    }
}
