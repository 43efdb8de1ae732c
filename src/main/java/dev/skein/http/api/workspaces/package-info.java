/**
 * Workspaces and their symbols as the API has them.
 *
 * <p><b>Invariant:</b> holds nothing; every answer about symbols says what it is made of.
 */
@NullMarked
package dev.skein.http.api.workspaces;

import org.jspecify.annotations.NullMarked;
