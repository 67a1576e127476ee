package dev.weir.vitals;

import dev.weir.limits.Descriptors;
import dev.weir.upstream.DestinationSnapshot;
import java.util.List;

/** Reads what {@link WeirMXBean} shows, anew for each attribute. */
final class WeirBean implements WeirMXBean {
    private static final long NO_LIMIT = -1;

    private final Instruments instruments;
    private final Readiness readiness;

    WeirBean(Instruments instruments, Readiness readiness) {
        this.instruments = instruments;
        this.readiness = readiness;
    }

    private record Row(DestinationSnapshot snapshot) implements Destination {
        @Override
        public String getOrigin() {
            return snapshot.origin();
        }

        @Override
        public int getLeased() {
            return snapshot.leased();
        }

        @Override
        public int getIdle() {
            return snapshot.idle();
        }

        @Override
        public int getOpening() {
            return snapshot.opening();
        }

        @Override
        public int getQueued() {
            return snapshot.queued();
        }

        @Override
        public int getSockets() {
            return snapshot.sockets();
        }
    }

    @Override
    public String getHome() {
        return instruments.home();
    }

    @Override
    public int getInFlight() {
        return instruments.inFlight().count();
    }

    @Override
    public int getMaxInFlight() {
        return instruments.inFlight().max();
    }

    @Override
    public int getConnectionBudget() {
        return instruments.client().budget().max();
    }

    @Override
    public int getConnectionsOpen() {
        return instruments.client().budget().open();
    }

    @Override
    public int getConnectionsIdle() {
        return instruments.client().budget().idle();
    }

    @Override
    public int getQueued() {
        return instruments.queued();
    }

    private Descriptors descriptors() {
        return instruments.descriptors();
    }

    @Override
    public long getDescriptorLimit() {
        return descriptors().limits().isLimited() ? descriptors().limits().descriptors() : NO_LIMIT;
    }

    @Override
    public long getDescriptorsOpen() {
        return descriptors().open();
    }

    @Override
    public long getDescriptorsLeft() {
        return descriptors().limits().isLimited() ? descriptors().left() : NO_LIMIT;
    }

    @Override
    public boolean isDraining() {
        return instruments.drain().isDraining();
    }

    @Override
    public boolean isReady() {
        return readiness.unready().isEmpty();
    }

    @Override
    public List<Destination> getDestinations() {
        return Moment.busiest(instruments.client().snapshot()).stream()
                .limit(DestinationGauges.MOST)
                .<Destination>map(Row::new)
                .toList();
    }
}
