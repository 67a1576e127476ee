package dev.weir.upstream;

import dev.weir.config.DestinationRules;

/**
 * Marks a destination that a request of an open route named. Jetty keeps connections with different tags apart, as
 * destinations of their own, so that none that was opened under one route's rules is used under another's.
 *
 * @param tunnel whether its connections carry what clients send through a tunnel from the first byte on, and never HTTP
 */
record RouteTag(DestinationRules rules, boolean tunnel) {}
