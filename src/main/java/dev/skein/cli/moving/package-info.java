/**
 * Commands about pipelines that move: migrations, and workers that are emptied or get nothing new.
 *
 * <p><b>Invariant:</b> nothing is decided here; every command is one call of the API and what came of it.
 */
@NullMarked
package dev.skein.cli.moving;

import org.jspecify.annotations.NullMarked;
