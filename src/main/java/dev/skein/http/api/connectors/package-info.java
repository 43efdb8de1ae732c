/**
 * The registry of connectors as the API has it.
 *
 * <p><b>Invariant:</b> holds nothing; secrets are masked before they come here.
 */
@NullMarked
package dev.skein.http.api.connectors;

import org.jspecify.annotations.NullMarked;
