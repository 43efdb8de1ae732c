/**
 * PostgreSQL: several processes, of which one leads.
 *
 * <p><b>Invariant:</b> no statement and no connection attempt is without a deadline, on this side and on the server's.
 */
@NullMarked
package dev.skein.store.postgres;

import org.jspecify.annotations.NullMarked;
