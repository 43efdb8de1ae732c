package dev.skein.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skein.bus.Bus;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.cluster.EdgeMetrics;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.json.Bodies;
import dev.skein.http.json.EventWriter;
import dev.skein.http.json.Json;
import dev.skein.http.json.Stamps;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Events.BatchInjected;
import dev.skein.pipeline.Events.Injected;
import dev.skein.pipeline.Events.Recent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;

/** Events on their way into a group, through the router of this node. Thread-safe. */
final class EventCalls {
    private static final Duration INJECT = Duration.ofSeconds(12); // the router itself gives up after 10 s
    private static final Duration BATCH = Duration.ofMinutes(2);
    private static final int INLINE_BYTES_MAX = 64 << 10;

    private final Vertx vertx;
    private final Bus bus;
    private final InstantSource wall;
    private final EdgeMetrics metrics;

    EventCalls(Vertx vertx, Bus bus, InstantSource wall, EdgeMetrics metrics) {
        this.vertx = vertx;
        this.bus = bus;
        this.wall = wall;
        this.metrics = metrics;
    }

    Map<String, Handler> handlers() {
        return Map.of("inject", this::inject, "injectBatch", this::injectBatch, "recentOutputs", this::recent);
    }

    private Future<Answer> inject(Call call) {
        long arrival = Stamps.nanos(wall.instant());
        var body = call.body();
        var read = body.length() <= INLINE_BYTES_MAX
                ? Future.succeededFuture(Bodies.single(body, arrival))
                : vertx.executeBlocking(() -> Bodies.single(body, arrival), false);
        return read.compose(single -> inject(call.at("group_id"), single));
    }

    private Future<Answer> inject(String group, Bodies.Single single) {
        var inject = new Events.Inject(group, single.event(), single.isAwaited(), single.isCountOnly());
        return metrics.injecting(bus.askAt(bus.here(), Events.INJECT, inject, INJECT))
                .map(done -> new Answer.Written(
                        200, done.outputs().size(), json -> write(done, single.isCountOnly(), json)));
    }

    private static void write(Injected done, boolean countOnly, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("routed_to", done.routedTo());
        json.writeStringField("worker_id", done.workerId());
        json.writeBooleanField("matched", done.matched());
        json.writeObjectFieldStart("worker_response");
        json.writeBooleanField("accepted", true);
        if (done.pending()) {
            json.writeBooleanField("pending", true);
        } else {
            writeOutcome(done, countOnly, json);
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeOutcome(Injected done, boolean countOnly, JsonGenerator json) throws IOException {
        if (!countOnly) {
            EventWriter.outputs(done.outputs(), false, json);
        }
        json.writeNumberField("output_count", done.outputCount());
        EventWriter.errors(done.errors(), json);
        if (!done.forwarded().isEmpty()) {
            json.writeArrayFieldStart("forwarded");
            for (var forwarded : done.forwarded()) {
                Json.write(forwarded, json);
            }
            json.writeEndArray();
        }
    }

    private Future<Answer> injectBatch(Call call) {
        long arrival = Stamps.nanos(wall.instant());
        return vertx.executeBlocking(() -> Bodies.many(call.body(), arrival, true), false)
                .compose(many -> injectBatch(call.at("group_id"), many));
    }

    private Future<Answer> injectBatch(String group, Bodies.Many many) {
        var batch = new Events.InjectBatch(group, many.events());
        return metrics.injecting(bus.askAt(bus.here(), Events.INJECT_BATCH, batch, BATCH))
                .map(done -> new Answer.Written(200, done.outputs().size(), json -> write(done, many, json)));
    }

    private static void write(BatchInjected done, Bodies.Many many, JsonGenerator json) throws IOException {
        var errors = new ArrayList<>(many.unreadable());
        for (var refused : done.errors()) {
            errors.add(many.places().get(refused.index()) + ": " + refused.message());
        }
        json.writeStartObject();
        json.writeNumberField("events_sent", done.eventsSent());
        json.writeNumberField(
                "events_failed", done.eventsFailed() + many.unreadable().size());
        EventWriter.outputs(done.outputs(), false, json);
        json.writeArrayFieldStart("errors");
        for (var error : errors) {
            json.writeString(error);
        }
        json.writeEndArray();
        json.writeNumberField("processing_time_us", done.processingTimeMicros());
        json.writeEndObject();
    }

    private Future<Answer> recent(Call call) {
        var ask = new Events.RecentAsk(
                call.at("group_id"),
                (int) call.number("limit"),
                call.number("after"),
                call.query().get("pipeline"));
        return bus.askAt(bus.here(), Events.RECENT, ask, Coordinator.READ)
                .map(found -> new Answer.Written(200, found.outputs().size(), json -> write(found, json)));
    }

    private static void write(Events.RecentOutputs found, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("outputs");
        for (var recent : found.outputs()) {
            write(recent, json);
        }
        json.writeEndArray();
        json.writeNumberField("next", found.next());
        json.writeEndObject();
    }

    private static void write(Recent recent, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("seq", recent.seq());
        json.writeStringField("pipeline_name", recent.pipelineName());
        json.writeStringField("worker_id", recent.workerId());
        EventWriter.parts(recent.event(), true, json);
        json.writeEndObject();
    }
}
