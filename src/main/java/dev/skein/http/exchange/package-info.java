/**
 * One request and its answer, apart from how they travel: what a handler is given and what it gives back.
 *
 * <p><b>Invariant:</b> no stack trace and no message of an unexpected failure leaves by an answer.
 */
@NullMarked
package dev.skein.http.exchange;

import org.jspecify.annotations.NullMarked;
