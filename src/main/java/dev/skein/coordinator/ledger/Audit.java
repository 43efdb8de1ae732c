package dev.skein.coordinator.ledger;

import dev.skein.pipeline.Workers.Caller;

/**
 * One line of who changed what.
 *
 * @param what a verb such as {@code group.deploy}
 * @param target the id of what was changed
 */
public record Audit(Caller caller, String what, String target, String outcome) {
    /** The coordinator itself. */
    public static final Caller COORDINATOR = new Caller("coordinator", "system", "");
}
