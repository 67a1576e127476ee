/** From prefix to target and back. */
@MayUse({"config"})
package dev.weir.route;

import dev.weir.MayUse;
