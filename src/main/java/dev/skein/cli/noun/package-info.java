/**
 * What commands about one kind of thing have in common: listing, showing, naming and asking before something is lost.
 *
 * <p><b>Invariant:</b> knows no kind of thing by itself.
 */
@NullMarked
package dev.skein.cli.noun;

import org.jspecify.annotations.NullMarked;
