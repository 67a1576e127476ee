/**
 * The language of the tests for what stands on the wire: a {@link dev.weir.wire.Client} and a scripted
 * {@link dev.weir.wire.Origin}, both on raw sockets, so that every byte and every way to end a connection is the
 * test's own choice. Every wait is bounded, and a wait that fails says what was seen until then.
 */
package dev.weir.wire;
