/**
 * The latest outputs of a group, kept where they pass by and merged when somebody asks.
 *
 * <p><b>Invariant:</b> bounded in count and bytes; whoever needs every output takes it from a route or an answer.
 */
@NullMarked
package dev.skein.pipeline.recent;

import org.jspecify.annotations.NullMarked;
