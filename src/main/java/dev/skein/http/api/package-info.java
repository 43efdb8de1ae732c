/**
 * One handler for each operation of the contract: a request becomes a question on the bus, the reply an answer.
 *
 * <p><b>Invariant:</b> every question has a deadline, and no answer depends on an earlier call.
 */
@NullMarked
package dev.skein.http.api;

import org.jspecify.annotations.NullMarked;
