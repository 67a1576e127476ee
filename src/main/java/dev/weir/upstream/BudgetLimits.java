package dev.weir.upstream;

/**
 * What bounds all upstream connections together, and each.
 *
 * @param max sockets at once
 * @param maxIdle idle ones among them
 * @param idleNanos how long one may be idle
 * @param maxAgeNanos how old one may become
 * @param maxUses how many exchanges one may serve
 * @param shared whether there is more than one destination, so that something is kept for the others
 */
record BudgetLimits(int max, int maxIdle, long idleNanos, long maxAgeNanos, long maxUses, boolean shared) {}
