package dev.skein.http.guard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.auth.Principal;
import dev.skein.http.contract.Access;
import dev.skein.http.contract.Faults;
import dev.skein.http.contract.Operation;
import dev.skein.http.contract.Paths;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Client;
import dev.skein.http.exchange.Handler;
import dev.skein.http.exchange.Refusal;
import dev.skein.http.exchange.Refusal.Extras;
import dev.skein.http.exchange.Responder;
import dev.skein.http.json.Json;
import dev.skein.kernel.Ids;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests through the checks in the contract's order: path, method, rate, key, role, size and type, body and
 * query; then to the operation's handler, or to whoever mounted its path. Confined to one event loop.
 */
public final class Gate {
    /** Where the {@link Principal} is found in a routing context; absent on open operations. */
    public static final String PRINCIPAL = "skein.principal";

    private static final int INLINE_BYTES_MAX = 64 << 10; // longer bodies are parsed away from the event loop
    private static final List<String> CHUNKED = List.of("chunked");
    private static final Refusal UNCLEAR = new Refusal(400, "invalid_request", "the request could be read in two ways");

    private final Vertx vertx;
    private final Paths paths;
    private final Map<String, Handler> handlers;
    private final Guards guards;
    private final Responder responder;

    /** The checks of one event loop. */
    public record Guards(Admission admission, Limits limits, BodyReader bodies, Trail trail) {}

    /**
     * A gate.
     *
     * @param paths the operations that this node offers
     * @param handlers by operation id; an operation without one is left to what is mounted
     */
    public Gate(Vertx vertx, Paths paths, Map<String, Handler> handlers, Guards guards, Responder responder) {
        this.vertx = vertx;
        this.paths = paths;
        this.handlers = Map.copyOf(handlers);
        this.guards = guards;
        this.responder = responder;
    }

    /** One request on its way. */
    private record Passage(RoutingContext context, Paths.Found found, Operation operation, Client client, String id) {
        HttpServerRequest request() {
            return context.request();
        }

        void whenGone(Runnable task) {
            request().response().closeHandler(closed -> task.run());
        }

        Trail.Entry entry() {
            return new Trail.Entry(operation, String.valueOf(request().path()), client, id);
        }
    }

    public void handle(RoutingContext context) {
        var request = context.request();
        var id = requestId(request);
        responder.prepare(request.response(), id);
        if (!isFramedClearly(request)) {
            responder
                    .refuse(request, id, UNCLEAR)
                    .onComplete(done -> request.connection().close());
            return;
        }
        var found = paths.find(String.valueOf(request.path()));
        if (found == null) {
            context.next();
            return;
        }
        Future.succeededFuture(found)
                .map(there -> operation(there, request))
                .compose(operation -> pass(new Passage(context, found, operation, Clients.of(request), id)))
                .onFailure(cause -> responder.refuse(request, id, cause));
    }

    /** What the decoder lets through: encodings that a proxy might know and this server does not. */
    private static boolean isFramedClearly(HttpServerRequest request) {
        var headers = request.headers();
        boolean isOneHost = !headers.contains(HttpHeaders.HOST)
                || headers.getAll(HttpHeaders.HOST).size() == 1;
        return isOneHost
                && (!headers.contains(HttpHeaders.TRANSFER_ENCODING)
                        || headers.getAll(HttpHeaders.TRANSFER_ENCODING).equals(CHUNKED));
    }

    private static String requestId(HttpServerRequest request) {
        var given = request.getHeader("x-request-id");
        return given != null && Ids.REQUEST.matcher(given).matches() ? given : Ids.request();
    }

    private static Operation operation(Paths.Found found, HttpServerRequest request) {
        var operation = found.operations().get(request.method().name());
        if (operation == null) {
            var allow = String.join(", ", found.operations().keySet());
            throw new Refusal(
                    405, "method_not_allowed", "this path knows " + allow, new Extras(List.of(), List.of(), 0, allow));
        }
        return operation;
    }

    private Future<Void> pass(Passage passage) {
        var operation = passage.operation;
        int wait = guards.limits.ofAddress(operation, passage.client.address());
        if (wait > 0 && operation.access() != Access.JOIN) {
            throw Refusal.rateLimited(wait);
        }
        var request = passage.request();
        request.pause();
        return guards.admission
                .admit(new Admission.Question(request, operation, passage.client, passage.id))
                .compose(principal -> allowed(passage, principal, wait));
    }

    private Future<Void> allowed(Passage passage, @Nullable Principal principal, int wait) {
        int ofSubject = guards.limits.ofSubject(passage.operation, principal);
        return ofSubject > 0 ? Future.failedFuture(Refusal.rateLimited(ofSubject)) : read(passage, principal, wait);
    }

    private Future<Void> read(Passage passage, @Nullable Principal principal, int wait) {
        BodyReader.checkHead(passage.request(), passage.operation);
        var reading = guards.bodies.read(passage.request(), passage.operation.bodyBytesMax());
        passage.request().resume();
        return reading.compose(
                body -> answer(passage, principal, body, wait).onComplete(done -> guards.bodies.release(body)));
    }

    private Future<Void> answer(Passage passage, @Nullable Principal principal, Buffer body, int wait) {
        var handler = handlers.get(passage.operation.id());
        if (handler == null) {
            return mounted(passage.context, principal, body);
        }
        return Future.succeededFuture(passage.operation)
                .map(operation -> query(operation, passage.request()))
                .compose(query -> json(passage.operation, body)
                        .map(json -> new Call(
                                passage.operation,
                                principal,
                                passage.client,
                                passage.found.parameters(),
                                query,
                                body,
                                json,
                                passage.id,
                                passage.request().getHeader("idempotency-key"),
                                wait,
                                passage::whenGone)))
                .compose(handler::handle)
                .onComplete((done, failure) -> guards.trail.done(passage.entry(), principal, failure))
                .compose(answer -> responder.send(passage.request(), answer));
    }

    private static Future<Void> mounted(RoutingContext context, @Nullable Principal principal, Buffer body) {
        if (principal != null) {
            context.put(PRINCIPAL, principal);
        }
        ((RoutingContextInternal) context).setBody(body); // as vertx-web's own reader of bodies does
        context.next();
        return Future.succeededFuture();
    }

    private Future<@Nullable JsonNode> json(Operation operation, Buffer body) {
        boolean isAbsent = operation.isBodyOptional() && body.length() == 0;
        if (operation.body() == null || operation.isHandChecked() || isAbsent) {
            return Future.succeededFuture(null);
        }
        return body.length() > INLINE_BYTES_MAX
                ? vertx.executeBlocking(() -> checked(operation, body), false)
                : Future.succeededFuture(checked(operation, body));
    }

    private static JsonNode checked(Operation operation, Buffer body) {
        var json = Json.parse(body);
        var faults = new Faults();
        if (operation.body() != null) {
            operation.body().check(json, "", faults);
        }
        if (!faults.isEmpty()) {
            throw Refusal.faulty("invalid_request", faults.all());
        }
        return json;
    }

    private static Map<String, String> query(Operation operation, HttpServerRequest request) {
        if (operation.query().isEmpty() && !operation.isQueryClosed()) {
            return Map.of();
        }
        var values = new TreeMap<String, String>();
        var faults = new Faults();
        QueryValue.checkNames(operation, request.params().names(), faults);
        for (var parameter : operation.query()) {
            var given = request.params().getAll(parameter.name());
            if (given.size() > 1) {
                faults.add(parameter.name() + " is given twice");
            } else if (!given.isEmpty()) {
                QueryValue.check(parameter, given.get(0), faults);
                values.put(parameter.name(), given.get(0));
            } else if (parameter.fallback() != null) {
                values.put(parameter.name(), parameter.fallback());
            }
        }
        if (!faults.isEmpty()) {
            throw Refusal.faulty("invalid_query", faults.all());
        }
        return values;
    }
}
