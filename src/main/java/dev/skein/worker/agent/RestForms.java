package dev.skein.worker.agent;

import dev.skein.pipeline.Workers.ConnectorHealth;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.HeartbeatAck;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Registered;
import dev.skein.pipeline.Workers.Running;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Registration and heartbeat as the contract's JSON. */
final class RestForms {
    private static final int INTERVAL_SECS = 5; // of a coordinator that does not say

    private RestForms() {}

    static JsonObject register(Register worker) {
        var capacity = worker.capacity();
        var form = new JsonObject()
                .put("worker_id", worker.workerId())
                .put("address", worker.address())
                .put("api_key", worker.apiKey())
                .put("instance_id", worker.instanceId())
                .put(
                        "capacity",
                        new JsonObject()
                                .put("cpu_cores", capacity.cpuCores())
                                .put("pipelines_running", capacity.pipelinesRunning())
                                .put("max_pipelines", capacity.maxPipelines()))
                .put("pipelines", array(worker.pipelines(), RestForms::running));
        var labels = worker.labels();
        return labels == null || labels.isEmpty() ? form : form.put("labels", new JsonArray(labels));
    }

    static JsonObject heartbeat(Heartbeat beat) {
        return new JsonObject()
                .put("instance_id", beat.instanceId())
                .put("events_processed", beat.eventsProcessed())
                .put("pipelines_running", beat.pipelinesRunning())
                .put("pipeline_metrics", array(beat.pipelineMetrics(), RestForms::metrics))
                .put("pipelines", array(beat.pipelines(), RestForms::running));
    }

    private static JsonObject running(Running pipeline) {
        var form = new JsonObject()
                .put("pipeline_id", pipeline.pipelineId())
                .put("group_id", pipeline.groupId())
                .put("pipeline_name", pipeline.pipelineName())
                .put("epoch", pipeline.epoch());
        return pipeline.heldFor() == 0 ? form : form.put("held_for", pipeline.heldFor());
    }

    private static JsonObject metrics(PipelineMetrics metrics) {
        var pressure = metrics.pressure();
        return new JsonObject()
                .put("pipeline_name", metrics.pipelineName())
                .put("group_id", metrics.groupId())
                .put("events_in", metrics.eventsIn())
                .put("events_out", metrics.eventsOut())
                .put("errors", metrics.errors())
                .put("pressure", pressure == null ? null : pressure.name())
                .put("connector_health", array(metrics.connectorHealth(), RestForms::health));
    }

    private static JsonObject health(ConnectorHealth health) {
        var form = new JsonObject()
                .put("connector_name", health.connectorName())
                .put("connector_type", health.connectorType())
                .put("connected", health.connected())
                .put("last_error", health.lastError())
                .put("messages_received", health.messagesReceived())
                .put("seconds_since_last_message", health.secondsSinceLastMessage())
                .put("dead_letters", health.deadLetters());
        var sending = health.sending();
        return sending == null
                ? form
                : form.put(
                        "sending",
                        new JsonObject()
                                .put("messages_sent", sending.messagesSent())
                                .put("waiting", sending.waiting())
                                .put("circuit", sending.circuit()));
    }

    private static <T> JsonArray array(@Nullable List<T> items, Function<T, JsonObject> form) {
        var array = new JsonArray();
        if (items != null) {
            items.forEach(item -> array.add(form.apply(item)));
        }
        return array;
    }

    static Registered registered(JsonObject body) {
        return new Registered(
                body.getString("worker_id", ""),
                body.getString("status", ""),
                body.getInteger("heartbeat_interval_secs", INTERVAL_SECS));
    }

    static HeartbeatAck acknowledged(JsonObject body) {
        var stop = body.getJsonArray("stop_pipelines", new JsonArray());
        return new HeartbeatAck(
                body.getBoolean("acknowledged", false),
                stop.stream().map(String::valueOf).toList());
    }
}
