package dev.skein.http.guard;

import dev.skein.audit.Audit;
import dev.skein.audit.Deed;
import dev.skein.auth.Principal;
import dev.skein.http.contract.Operation;
import dev.skein.http.exchange.Client;
import dev.skein.http.exchange.Refusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of the API is in the audit: every call that changes something, with its outcome, and everybody who is refused.
 * Events and heartbeats change nothing but what flows, and are not. Thread-safe.
 */
public record Trail(Audit audit) {
    private static final Set<String> FLOWS =
            Set.of("heartbeat", "inject", "injectBatch", "hostedEvent", "hostedEvents", "validate", "issueTicket");

    /** One call, as far as the audit is concerned. */
    record Entry(Operation operation, String path, Client client, String requestId) {}

    void done(Entry call, @Nullable Principal principal, @Nullable Throwable failure) {
        if (call.operation.isChanging() && !FLOWS.contains(call.operation.id())) {
            note(call, principal, failure == null ? "ok" : outcome(failure, call.requestId));
        }
    }

    void refused(Entry call, @Nullable Principal principal, String why) {
        note(call, principal, "refused: " + why);
    }

    private static String outcome(Throwable failure, String requestId) {
        var refusal = Refusal.of(failure, requestId);
        boolean isOfWho = refusal.status() == 401 || refusal.status() == 403;
        return isOfWho ? "refused: " + refusal.code() : refusal.code();
    }

    private void note(Entry call, @Nullable Principal principal, String outcome) {
        var tokenId = principal == null ? null : principal.tokenId();
        audit.note(new Deed(
                principal == null ? "anonymous" : principal.subject(),
                principal == null ? "" : principal.role().word(),
                call.operation.id(),
                call.path,
                outcome,
                call.client.address(),
                call.requestId,
                tokenId == null ? "" : tokenId));
    }
}
