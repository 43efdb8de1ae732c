/**
 * What kinds of connectors there are and what each takes: one table for the checker, the registry and the links.
 *
 * <p><b>Invariant:</b> nothing here opens a connection or holds a value of a parameter.
 */
@NullMarked
package dev.skein.pipeline.vpl.connector;

import org.jspecify.annotations.NullMarked;
