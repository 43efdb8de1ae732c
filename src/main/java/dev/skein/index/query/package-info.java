/**
 * Questions about symbols: to the router, which asks the owners of all shards, and to a worker about those it has.
 *
 * <p><b>Invariant:</b> every answer says which shards it is made of and how fresh they are; a shard that is missing is
 * named, never passed over.
 */
@NullMarked
package dev.skein.index.query;

import org.jspecify.annotations.NullMarked;
