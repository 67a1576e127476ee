package dev.weir.upstream;

/**
 * The connection budget at one moment.
 *
 * @param max {@code connectionBudget}
 * @param open sockets being opened, open, or being closed
 * @param idle pooled connections that wait for an exchange
 * @param waiting destinations that wait for a socket
 * @param ever what has happened since the start, at all destinations
 */
public record BudgetSnapshot(int max, int open, int idle, int waiting, DestinationSnapshot.Ever ever) {}
