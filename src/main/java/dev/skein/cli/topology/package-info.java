/**
 * How groups, pipelines and workers are connected, as one list.
 *
 * <p><b>Invariant:</b> shows what the API answers and works nothing out.
 */
@NullMarked
package dev.skein.cli.topology;

import org.jspecify.annotations.NullMarked;
