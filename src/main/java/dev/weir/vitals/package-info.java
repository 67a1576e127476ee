/**
 * What Weir says about itself. The pages stand beside the chain and not behind it, so that they answer when everything
 * else is full.
 *
 * <p>Decision: the pages' servlet is registered by the application's start and not in web.xml, because its path is a
 * parameter.
 */
@MayUse({"config", "exchange", "limits", "upstream"})
package dev.weir.vitals;

import dev.weir.MayUse;
