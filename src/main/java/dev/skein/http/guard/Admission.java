package dev.skein.http.guard;

import dev.skein.auth.Authenticator;
import dev.skein.auth.Authenticator.Known;
import dev.skein.auth.Authenticator.Shown;
import dev.skein.auth.Authenticator.Unknown;
import dev.skein.auth.Authenticator.Unverified;
import dev.skein.auth.Authenticator.Verdict;
import dev.skein.auth.Principal;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may call what. Thread-safe. */
public final class Admission {
    private static final Logger audit = LoggerFactory.getLogger("dev.skein.audit");

    private final Vertx vertx;
    private final Authenticator authenticator;
    private final boolean isOpenWorker;

    /** Everything a decision is about. */
    record Question(HttpServerRequest request, Operation operation, Client client, String requestId) {}

    /**
     * The rules of one node.
     *
     * @param isPlainWorker whether it hosts pipelines and nothing of the cluster; without keys it is open, as a single
     *     server is
     */
    public Admission(Vertx vertx, Authenticator authenticator, boolean isPlainWorker) {
        this.vertx = vertx;
        this.authenticator = authenticator;
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
            return vertx.executeBlocking(() -> authenticator.verify(unverified.token()), false)
                    .compose(checked -> decide(question, checked, true));
        }
        return decide(question, verdict, !shown.authorization().isEmpty());
    }

    private boolean isOpenTo(Question question) {
        boolean isPage = question.request.headers().contains("origin");
        return isOpenWorker && question.operation.family() == Family.WORKER && !isPage;
    }

    private static Future<@Nullable Principal> decide(Question question, Verdict verdict, boolean hasToken) {
        var role = question.operation.access().role();
        if (verdict instanceof Known known) {
            return role == null || known.principal().role().includes(role)
                    ? Future.succeededFuture(known.principal())
                    : forbidden(question, known.principal(), role);
        }
        if (role == null && !hasToken) {
            return Future.succeededFuture(null);
        }
        var reason = verdict instanceof Unknown unknown ? unknown.reason() : "";
        audit.info(
                "refused {} from {}: {} (request {})",
                question.operation.id(),
                question.client.address(),
                reason,
                question.requestId);
        return Future.failedFuture(Refusal.unauthorized());
    }

    private static Future<@Nullable Principal> forbidden(Question question, Principal principal, Role needed) {
        audit.info(
                "refused {} to {}, who is {} (request {})",
                question.operation.id(),
                principal.subject(),
                principal.role().word(),
                question.requestId);
        return Future.failedFuture(new Refusal(403, "forbidden", "this needs the role " + needed.word()));
    }
}
