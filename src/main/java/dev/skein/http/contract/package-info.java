/**
 * The API as {@code openapi.yaml} states it: which operations there are, for whom, and what a request looks like.
 *
 * <p><b>Invariant:</b> paths, roles, sizes and shapes are written in the document and nowhere else.
 */
@NullMarked
package dev.skein.http.contract;

import org.jspecify.annotations.NullMarked;
