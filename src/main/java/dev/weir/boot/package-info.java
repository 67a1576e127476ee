/** The launcher. */
@MayUse({"config", "exchange", "route", "limits", "upstream", "proxy", "vitals"})
package dev.weir.boot;

import dev.weir.MayUse;
