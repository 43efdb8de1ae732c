/**
 * The one row that says who leads.
 *
 * <p><b>Invariant:</b> an epoch never goes back, and no write under an old one is committed.
 */
@NullMarked
package dev.skein.store.lease;

import org.jspecify.annotations.NullMarked;
