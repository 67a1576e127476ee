package dev.weir.upstream;

/**
 * The connection budget at one moment.
 *
 * @param max {@code connectionBudget}
 * @param open sockets being opened, open, or being closed
 * @param idle pooled connections that wait for an exchange
 * @param waiting destinations that wait for a socket
 * @param evictions connections closed so far to make room for another destination
 */
public record BudgetSnapshot(int max, int open, int idle, int waiting, long evictions) {}
