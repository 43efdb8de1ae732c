/**
 * The public HTTP API as the client sees it: where it is, with which credentials, and what its errors mean.
 *
 * <p><b>Invariant:</b> a token or key is never printed and never follows a redirect.
 */
@NullMarked
package dev.skein.cli.api;

import org.jspecify.annotations.NullMarked;
