package dev.skein.http.guard;

import dev.skein.auth.Principal;
import dev.skein.http.contract.Operation;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How much one address and one subject may ask: changes and reads are counted apart, and so are credentials that were
 * wrong. Heartbeats and whatever else the contract exempts are never counted, so no flood of anything else silences a
 * worker. Thread-safe; every map is bounded.
 */
public final class Limits {
    private final RateLimit changes;
    private final RateLimit reads;
    private final RateLimit subjectChanges;
    private final RateLimit subjectReads;
    private final RateLimit signIns;

    /**
     * Calls a second, bursts of twice as many; 0 for any number.
     *
     * @param changes changing calls of one address ({@code http.rate-limit}, default 0)
     * @param reads other calls of one address ({@code limits.reads}, default 0)
     * @param subjectChanges changing calls of one key or token's subject ({@code limits.subject-changes}, default 0)
     * @param subjectReads other calls of one subject ({@code limits.subject-reads}, default 0)
     * @param signIns wrong credentials of one address ({@code limits.sign-ins}, default 20)
     */
    public record Rates(int changes, int reads, int subjectChanges, int subjectReads, int signIns) {
        public static final Rates DEFAULTS = new Rates(0, 0, 0, 0, 20);
    }

    public Limits(Rates rates, InstantSource clock) {
        this.changes = new RateLimit(rates.changes, clock);
        this.reads = new RateLimit(rates.reads, clock);
        this.subjectChanges = new RateLimit(rates.subjectChanges, clock);
        this.subjectReads = new RateLimit(rates.subjectReads, clock);
        this.signIns = new RateLimit(rates.signIns, clock);
    }

    /** Takes one call of an address: 0 when it may go on, else how many seconds it should wait. */
    int ofAddress(Operation operation, String address) {
        return operation.isRateExempt() ? 0 : (operation.isChanging() ? changes : reads).take(address);
    }

    /** The same for whoever was recognised. */
    int ofSubject(Operation operation, @Nullable Principal principal) {
        return operation.isRateExempt() || principal == null
                ? 0
                : (operation.isChanging() ? subjectChanges : subjectReads).take(principal.subject());
    }

    /** Counts a wrong credential of an address. */
    void wrong(String address) {
        signIns.take(address);
    }

    /** How long an address must wait before its credentials are looked at again; 0 when they are. */
    int beforeSignIn(String address) {
        return signIns.look(address);
    }
}
