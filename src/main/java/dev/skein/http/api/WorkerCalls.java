package dev.skein.http.api;

import dev.skein.auth.Principal;
import dev.skein.auth.Role;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.exchange.Refusal;
import dev.skein.http.guard.Clients;
import dev.skein.http.json.Json;
import dev.skein.pipeline.Workers;
import dev.skein.pipeline.Workers.Capacity;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Running;
import io.vertx.core.Future;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Workers that register, report, are listed and forgotten. Thread-safe. */
final class WorkerCalls {
    private static final int KNOWN_MAX = 10_000;
    private static final Duration LEAVE = Duration.ofSeconds(30);

    private final Coordinator coordinator;
    private final JoinRules rules;

    /** Ids that registered here, so that coming back does not count against the rate limit. */
    private final Set<String> known = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > KNOWN_MAX;
        }
    }));

    WorkerCalls(Coordinator coordinator, JoinRules rules) {
        this.coordinator = coordinator;
        this.rules = rules;
    }

    private record Room(
            @Nullable Integer cpuCores,
            @Nullable Integer pipelinesRunning,
            @Nullable Integer maxPipelines) {
        static final Capacity DEFAULT = new Capacity(1, 0, 100);

        Capacity capacity() {
            return new Capacity(
                    cpuCores == null ? DEFAULT.cpuCores() : cpuCores,
                    pipelinesRunning == null ? DEFAULT.pipelinesRunning() : pipelinesRunning,
                    maxPipelines == null ? DEFAULT.maxPipelines() : maxPipelines);
        }
    }

    private record Registration(
            String workerId,
            String address,
            @Nullable String apiKey,
            @Nullable String instanceId,
            @Nullable Room capacity,
            @Nullable List<Running> pipelines,
            @Nullable List<String> labels) {}

    private record Report(
            @Nullable String instanceId,
            long eventsProcessed,
            int pipelinesRunning,
            @Nullable List<PipelineMetrics> pipelineMetrics,
            @Nullable List<Running> pipelines,
            @Nullable Memory memory,
            double cpu) {}

    private record Acknowledged(
            boolean acknowledged, @Nullable List<String> stopPipelines) {}

    private record Leaving(@Nullable String instanceId) {}

    private record WorkerList(List<Workers.View> workers, int total, Pages pagination) {}

    Map<String, Handler> handlers() {
        return Map.of(
                "registerWorker", this::register,
                "heartbeat", this::heartbeat,
                "leaveWorker", this::leave,
                "listWorkers", this::list,
                "getWorker", this::get,
                "deleteWorker", this::delete);
    }

    private Future<Answer> register(Call call) {
        var registration = Json.as(Registration.class, call.checked());
        var address = addressOf(registration);
        if (call.retryAfterSeconds() > 0 && !known.contains(registration.workerId)) {
            throw Refusal.rateLimited(call.retryAfterSeconds());
        }
        if (!rules.admits(call.client(), call.principal(), Clients.isLoopback(String.valueOf(address.getHost())))) {
            throw Refusal.unauthorized();
        }
        var room = registration.capacity;
        var register = new Workers.Register(
                registration.workerId,
                withoutSlash(registration.address),
                registration.apiKey == null ? "" : registration.apiKey,
                registration.instanceId,
                room == null ? Room.DEFAULT : room.capacity(),
                registration.pipelines,
                null,
                null,
                registration.labels,
                isOperator(call.principal()));
        return coordinator
                .change(Workers.REGISTER, register, Coordinator.CHANGE)
                .onSuccess(done -> known.add(registration.workerId))
                .map(Answer::created);
    }

    private static URI addressOf(Registration registration) {
        try {
            var address = URI.create(registration.address);
            if (address.getHost() != null && address.getRawUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw badAddress();
        }
        throw badAddress();
    }

    private static Refusal badAddress() {
        return Refusal.faulty("invalid_request", List.of("address must be an absolute http or https address"));
    }

    private static String withoutSlash(String address) {
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    private static boolean isOperator(@Nullable Principal principal) {
        return principal != null && principal.hasShown(Role.OPERATOR);
    }

    private Future<Answer> heartbeat(Call call) {
        var report = Json.as(Report.class, call.checked());
        var client = call.client();
        var heartbeat = new Workers.Heartbeat(
                call.at("worker_id"),
                report.instanceId,
                report.eventsProcessed,
                report.pipelinesRunning,
                report.pipelineMetrics,
                report.pipelines,
                report.memory,
                report.cpu,
                client.apiKey(),
                client.isLocal() || rules.isJoinKey(client) || isOperator(call.principal()));
        return coordinator
                .change(Workers.HEARTBEAT, heartbeat, Coordinator.CHANGE)
                .map(ack -> Answer.ok(new Acknowledged(
                        ack.acknowledged(), ack.stopPipelines().isEmpty() ? null : ack.stopPipelines())));
    }

    /** Of a worker that stops: with its own key, or an operator's. */
    private Future<Answer> leave(Call call) {
        var json = call.json();
        var leaving = json == null ? new Leaving(null) : Json.as(Leaving.class, json);
        var leave = new Workers.Leave(
                call.at("worker_id"), leaving.instanceId, call.client().apiKey(), isOperator(call.principal()));
        return coordinator.change(Workers.LEAVE, leave, LEAVE).map(Answer::ok);
    }

    private Future<Answer> list(Call call) {
        var page = Pages.wanted(call);
        return coordinator
                .read(Workers.LIST, Workers.LIST_STORED, new Workers.ListAll(page.limit(), page.offset()))
                .map(seen -> seen.answer(found -> new WorkerList(
                        found.workers(),
                        found.total(),
                        Pages.of(page, found.workers().size(), found.total()))));
    }

    private Future<Answer> get(Call call) {
        return coordinator
                .read(Workers.GET, Workers.GET_STORED, new Workers.Get(call.at("worker_id")))
                .map(seen -> seen.answer(worker -> worker));
    }

    private Future<Answer> delete(Call call) {
        var id = call.at("worker_id");
        return coordinator
                .change(Workers.DELETE, new Workers.Delete(id, call.caller()), Coordinator.CHANGE)
                .onSuccess(done -> known.remove(id))
                .map(Answer::ok);
    }
}
