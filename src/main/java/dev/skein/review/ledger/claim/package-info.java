/**
 * Claims of tasks of a git ledger: who works at what, decided by refs of the remote.
 *
 * <p><b>Invariant:</b> of all who try to take a task at the same time, the remote lets one; what somebody did whose
 * claim is not the present one is never published. Clocks of different machines are never compared.
 */
@NullMarked
package dev.skein.review.ledger.claim;

import org.jspecify.annotations.NullMarked;
