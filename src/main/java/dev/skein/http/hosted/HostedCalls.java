package dev.skein.http.hosted;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.exchange.Refusal;
import dev.skein.http.json.Bodies;
import dev.skein.http.json.EventWriter;
import dev.skein.http.json.Json;
import dev.skein.http.json.Stamps;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Connectors.Definition;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Events.Delivery;
import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Deployed;
import dev.skein.pipeline.Hosting.Hosted;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.link.Host;
import dev.skein.pipeline.link.HostLink;
import dev.skein.pipeline.vpl.Diagnostic;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pipelines of the worker on this node, for those who know it by REST. Thread-safe. */
public final class HostedCalls {
    private static final Duration EVENT = Duration.ofSeconds(10);
    private static final Duration BATCH = Duration.ofMinutes(2);

    private final Vertx vertx;
    private final HostLink link;
    private final Host here;
    private final Clocks clocks;
    private final Epochs epochs;

    /** Time of day, and time that only passes. */
    public record Clocks(InstantSource wall, InstantSource steady) {}

    public HostedCalls(Vertx vertx, HostLink link, Host here, Clocks clocks) {
        this.vertx = vertx;
        this.link = link;
        this.here = here;
        this.clocks = clocks;
        this.epochs = new Epochs(link, here);
    }

    private record Program(
            String name,
            String source,
            @Nullable String groupId,
            @Nullable Long epoch,
            @Nullable List<Definition> connectors) {}

    private record Started(
            String id, String name, String status, @Nullable List<Diagnostic> diagnostics) {}

    private record Shown(
            String id,
            String name,
            String status,
            String source,
            long uptimeSecs,
            @Nullable String groupId,
            long epoch,
            long eventsProcessed,
            long outputEventsEmitted) {
        static Shown of(Hosted hosted) {
            return new Shown(
                    hosted.pipelineId(),
                    hosted.name(),
                    hosted.status(),
                    hosted.source(),
                    hosted.uptimeSecs(),
                    hosted.groupId(),
                    hosted.epoch(),
                    hosted.eventsProcessed(),
                    hosted.outputEventsEmitted());
        }
    }

    private record ShownList(List<Shown> pipelines, int total) {}

    private record Counters(String pipelineId, long eventsProcessed, long outputEventsEmitted) {}

    private record Deleted(boolean deleted) {}

    public Map<String, Handler> handlers() {
        return Map.of(
                "hostPipeline", this::start,
                "listHosted", this::list,
                "getHosted", call -> find(call).map(hosted -> Answer.ok(Shown.of(hosted))),
                "stopHosted", this::stop,
                "hostedEvent", this::event,
                "hostedEvents", this::events,
                "hostedMetrics", call -> find(call).map(HostedCalls::counters));
    }

    private Future<Answer> start(Call call) {
        var program = Json.as(Program.class, call.checked());
        long epoch = program.epoch == null ? 0 : program.epoch;
        return link.deploy(
                        here,
                        new Deploy(program.name, program.source, program.groupId, epoch, program.connectors, false))
                .map(deployed -> started(program, deployed));
    }

    private static Answer started(Program program, Deployed deployed) {
        if (deployed.pipelineId().isEmpty()) {
            throw Refusal.program(deployed.diagnostics());
        }
        var warnings = deployed.diagnostics().isEmpty() ? null : deployed.diagnostics();
        return Answer.created(new Started(deployed.pipelineId(), program.name, "running", warnings));
    }

    private Future<Answer> list(Call call) {
        return link.list(here).map(found -> {
            var shown = found.pipelines().stream().map(Shown::of).toList();
            return Answer.ok(new ShownList(shown, shown.size()));
        });
    }

    private Future<Hosted> find(Call call) {
        var id = call.at("pipeline_id");
        return link.list(here)
                .map(found -> found.pipelines().stream()
                        .filter(hosted -> hosted.pipelineId().equals(id))
                        .findFirst()
                        .orElseThrow(() -> Problem.notFound("pipeline_not_found", "no pipeline " + id + " here")));
    }

    private static Answer counters(Hosted hosted) {
        return Answer.ok(new Counters(hosted.pipelineId(), hosted.eventsProcessed(), hosted.outputEventsEmitted()));
    }

    private Future<Answer> stop(Call call) {
        return link.stop(here, call.at("pipeline_id")).map(done -> Answer.ok(new Deleted(done.stopped())));
    }

    private Future<Answer> event(Call call) {
        var single = Bodies.single(call.body(), Stamps.nanos(clocks.wall.instant()));
        return deliver(call, List.of(single.event()), EVENT)
                .map(delivered -> delivered.results().get(0))
                .map(result -> new Answer.Written(200, result.outputs().size(), json -> write(result, json)));
    }

    private Future<Delivered> deliver(Call call, List<Event> events, Duration deadline) {
        var id = call.at("pipeline_id");
        return epochs.of(id)
                .compose(epoch -> link.deliver(here, new Delivery(id, epoch, 0, false, events), deadline))
                .onFailure(cause -> epochs.forget(id));
    }

    private static void write(Result result, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("accepted", true);
        EventWriter.outputs(result.outputs(), true, json);
        json.writeNumberField("output_count", result.outputCount());
        EventWriter.errors(result.errors(), json);
        json.writeEndObject();
    }

    private Future<Answer> events(Call call) {
        long arrival = Stamps.nanos(clocks.wall.instant());
        var start = clocks.steady.instant();
        return vertx.executeBlocking(() -> Bodies.many(call.body(), arrival, false), false)
                .compose(many -> many.events().isEmpty()
                        ? epochs.of(call.at("pipeline_id")).map(none -> batch(many, List.of(), start))
                        : deliver(call, many.events(), BATCH).map(done -> batch(many, done.results(), start)));
    }

    private Answer batch(Bodies.Many many, List<Result> results, Instant start) {
        long micros = Duration.between(start, clocks.steady.instant()).toNanos() / 1_000;
        long outputs =
                results.stream().mapToLong(result -> result.outputs().size()).sum();
        return new Answer.Written(200, outputs, json -> write(many, results, micros, json));
    }

    private static void write(Bodies.Many many, List<Result> results, long micros, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("accepted", results.size());
        json.writeNumberField("failed", many.unreadable().size());
        EventWriter.outputs(
                results.stream().flatMap(result -> result.outputs().stream()).toList(), true, json);
        json.writeArrayFieldStart("errors");
        for (var unreadable : many.unreadable()) {
            Json.write(new EventError("invalid_request", unreadable, null, 0), json);
        }
        for (var result : results) {
            for (var error : result.errors()) {
                Json.write(error, json);
            }
        }
        json.writeEndArray();
        json.writeNumberField("processing_time_us", micros);
        json.writeEndObject();
    }
}
