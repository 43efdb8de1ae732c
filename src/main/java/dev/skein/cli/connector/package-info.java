/**
 * The words about the cluster's ways in and out.
 *
 * <p><b>Invariant:</b> no secret is printed; what the API masks stays masked.
 */
@NullMarked
package dev.skein.cli.connector;

import org.jspecify.annotations.NullMarked;
