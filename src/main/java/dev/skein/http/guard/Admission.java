package dev.skein.http.guard;

import dev.skein.auth.Authenticator;
import dev.skein.auth.Authenticator.Known;
import dev.skein.auth.Authenticator.Shown;
import dev.skein.auth.Authenticator.Unknown;
import dev.skein.auth.Authenticator.Unverified;
import dev.skein.auth.Authenticator.Verdict;
import dev.skein.auth.Principal;
import dev.skein.auth.Principal.Proof;
import dev.skein.auth.Role;
import dev.skein.http.contract.Access;
import dev.skein.http.contract.Family;
import dev.skein.http.contract.Operation;
import dev.skein.http.exchange.Client;
import dev.skein.http.exchange.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Who may call what. Thread-safe. */
public final class Admission {
    private final Vertx vertx;
    private final Authenticator authenticator;
    private final boolean isOpenWorker;
    private final Limits limits;
    private final Trail trail;

    /** Where wrong credentials are counted and noted. */
    public record Watched(Limits limits, Trail trail) {}

    /** Everything a decision is about. */
    record Question(HttpServerRequest request, Operation operation, Client client, String requestId) {
        Trail.Entry entry() {
            return new Trail.Entry(operation, String.valueOf(request.path()), client, requestId);
        }
    }

    /**
     * The rules of one node.
     *
     * @param isPlainWorker whether it hosts pipelines and nothing of the cluster; without keys it is open, as a single
     *     server is
     */
    public Admission(Vertx vertx, Authenticator authenticator, boolean isPlainWorker, Watched watched) {
        this.vertx = vertx;
        this.authenticator = authenticator;
        this.limits = watched.limits;
        this.trail = watched.trail;
        this.isOpenWorker = isPlainWorker && authenticator.isOpenToLoopback();
    }

    /**
     * Who calls, if the operation lets them. Null means somebody unknown where the operation is open or decides for
     * itself.
     *
     * @return fails with 401 or 403
     */
    Future<@Nullable Principal> admit(Question question) {
        if (question.operation.access() == Access.OPEN) {
            return Future.succeededFuture(null);
        }
        var shown = new Shown(
                question.client.apiKey(),
                question.request.headers().getAll("authorization"),
                question.client.isLocal() || isOpenTo(question));
        var verdict = authenticator.check(shown);
        if (verdict instanceof Unverified unverified) {
            int wait = limits.beforeSignIn(question.client.address());
            if (wait > 0) { // guessing costs a signature check each, which others need too
                return Future.failedFuture(Refusal.rateLimited(wait));
            }
            return vertx.executeBlocking(() -> authenticator.verify(unverified.token()), false)
                    .compose(checked -> decide(question, checked, true));
        }
        return decide(question, verdict, !shown.authorization().isEmpty());
    }

    private boolean isOpenTo(Question question) {
        boolean isPage = question.request.headers().contains("origin");
        return isOpenWorker && question.operation.family() == Family.WORKER && !isPage;
    }

    private Future<@Nullable Principal> decide(Question question, Verdict verdict, boolean hasToken) {
        var role = question.operation.access().role();
        if (verdict instanceof Known known && known.principal().proof() == Proof.WORK) {
            return question.operation.takesWork()
                    ? Future.succeededFuture(known.principal())
                    : decide(question, new Unknown("its token lets it send jobs and nothing else"), true);
        }
        if (verdict instanceof Known known) {
            return role == null || known.principal().role().includes(role)
                    ? Future.succeededFuture(known.principal())
                    : forbidden(question, known.principal(), role);
        }
        if (role == null && !hasToken) {
            return Future.succeededFuture(null);
        }
        var reason = verdict instanceof Unknown unknown ? unknown.reason() : "";
        trail.refused(question.entry(), null, reason);
        var address = question.client.address();
        int wait = hasToken || question.client.apiKey() != null ? limits.beforeSignIn(address) : 0;
        limits.wrong(address);
        return Future.failedFuture(wait > 0 ? Refusal.rateLimited(wait) : Refusal.unauthorized());
    }

    private Future<@Nullable Principal> forbidden(Question question, Principal principal, Role needed) {
        trail.refused(question.entry(), principal, "forbidden, this needs the role " + needed.word());
        return Future.failedFuture(new Refusal(403, "forbidden", "this needs the role " + needed.word()));
    }
}
