/**
 * Plain counters with a bound and a name, and the rules by which {@code auto} becomes a number.
 *
 * <p>Decision: {@code auto} is worked out once, at start. A limit that moved with the load would make every refusal's
 * number a riddle. What is measured while it runs, the open descriptors, only refuses; it moves no bound.
 */
@MayUse({"config", "exchange"})
package dev.weir.limits;

import dev.weir.MayUse;
