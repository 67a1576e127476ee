package dev.weir.vitals;

import dev.weir.upstream.BudgetSnapshot;
import dev.weir.upstream.DestinationSnapshot;
import dev.weir.upstream.PortRange;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What the gauges show of one moment.
 *
 * @param destinations those with the most sockets first
 * @param ports how many there are; NaN where the system does not tell, as are the next two
 * @param portsResting sockets in TIME_WAIT on this machine
 * @param portsLeft towards the address where it is fewest
 */
record Moment(
        BudgetSnapshot budget,
        List<DestinationSnapshot> destinations,
        double ports,
        double portsResting,
        double portsLeft) {
    /** Looks now. */
    static Moment of(Instruments instruments) {
        BudgetSnapshot budget = instruments.client().budget();
        List<DestinationSnapshot> destinations = busiest(instruments.client().snapshot());
        int resting = PortRange.resting();
        PortRange range = PortRange.read();
        return new Moment(
                budget,
                destinations,
                resting < 0 ? Double.NaN : range.size(),
                resting < 0 ? Double.NaN : resting,
                portsLeft(destinations, range));
    }

    /** The same, the one with the most sockets first. */
    static List<DestinationSnapshot> busiest(List<DestinationSnapshot> destinations) {
        return destinations.stream()
                .sorted(Comparator.comparingInt(DestinationSnapshot::sockets).reversed())
                .toList();
    }

    private static double portsLeft(List<DestinationSnapshot> destinations, PortRange range) {
        Set<InetSocketAddress> addresses =
                destinations.stream().flatMap(one -> one.addresses().stream()).collect(Collectors.toSet());
        return SocketTable.of(addresses)
                .map(table -> (double) range.size() - table.portsTaken(addresses))
                .orElse(Double.NaN);
    }

    /** That of all destinations together. */
    int sum(ToIntFunction<DestinationSnapshot> count) {
        return destinations.stream().mapToInt(count).sum();
    }

    /** Sockets being closed: what is left of those of the budget. The counts are not of one instant, which may not show. */
    int closing() {
        int known = budget.idle() + sum(one -> one.leased() + one.opening());
        return Math.max(0, budget.open() - known);
    }
}
