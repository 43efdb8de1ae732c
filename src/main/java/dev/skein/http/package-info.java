/**
 * The HTTP edge of a node: it serves the contract of {@code openapi.yaml} by asking the endpoints of the domain.
 *
 * <p><b>Invariant:</b> no rule of the business is decided here, and no role or other edge is named.
 */
@NullMarked
package dev.skein.http;

import org.jspecify.annotations.NullMarked;
