package dev.skein.pipeline;

import dev.skein.bus.Endpoint;
import dev.skein.bus.Topic;
import dev.skein.pipeline.Workers.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What needs a person, and what once did. Served by the leading coordinator, from memory; that nobody
 * leads is raised by every node that somebody looks at. */
public final class Alerts {
    /**
     * Somebody knows.
     *
     * @param until when it counts as open again
     */
    public record Acknowledged(String by, Instant until, String reason) {}

    /**
     * One alert.
     *
     * @param id the rule and what it is about, {@code worker-unhealthy:worker-3}
     * @param severity {@code warning} or {@code critical}
     * @param state {@code open}, {@code acknowledged} or {@code resolved}
     * @param since when it was last seen to begin
     * @param resolvedAt null while it holds
     * @param times how often it began within a short while
     */
    public record Alert(
            String id,
            String rule,
            String severity,
            String text,
            String state,
            Instant since,
            long ageSecs,
            @Nullable Instant resolvedAt,
            int times,
            @Nullable Acknowledged acknowledged) {}

    /** @param state only those in it; empty for all */
    public record ListAll(String state, int limit, int offset) {}

    /** One page, and how many there are in all: what holds by severity and age, then the past, the latest first. */
    public record Listed(List<Alert> alerts, int total) {
        public Listed {
            alerts = List.copyOf(alerts);
        }
    }

    public record Get(String id) {}

    /** @param forSecs how long nobody needs be told again */
    public record Acknowledge(String id, int forSecs, String reason, Caller caller) {}

    public record ScalingAsk() {}

    /**
     * A number that says whether workers are enough.
     *
     * @param name {@code cpu}, {@code memory}, both as shares, {@code queue} or {@code response} in seconds
     * @param above from where on it is too high, when it is greater
     * @param since when it was first seen so high without a break; null when it is not
     * @param held whether that is long enough to count
     */
    public record Signal(
            String name,
            double value,
            double above,
            @Nullable Instant since,
            boolean held) {}

    /** @param action {@code scale_up}, {@code scale_down} or {@code stable} */
    public record Scaling(
            String action,
            int currentWorkers,
            int targetWorkers,
            String reason,
            double avgPipelinesPerWorker,
            int totalPipelines,
            List<Signal> signals,
            Instant timestamp) {
        public Scaling {
            signals = List.copyOf(signals);
        }
    }

    /** @param by the life of the node that has told everybody that nobody leads */
    public record Leaderless(String by) {}

    /** Nobody led for a while, which no leader can have seen. */
    public record Report(String text, Instant since, Instant until) {}

    public record Reported(boolean kept) {}

    /** What a node itself raises, asked of it by name; limit and offset are not looked at. */
    public static final Endpoint<ListAll, Listed> HERE = new Endpoint<>("alert.here.v1", ListAll.class, Listed.class);

    /** So that of all who see that nobody leads, one tells. */
    public static final Topic<Leaderless> LEADERLESS = new Topic<>("alert.leaderless.v1", Leaderless.class);

    /** Goes into the history; what several nodes report of the same is one alert. */
    public static final Endpoint<Report, Reported> REPORT =
            new Endpoint<>("alert.report.v1", Report.class, Reported.class);

    public static final Endpoint<ListAll, Listed> LIST = new Endpoint<>("alert.list.v1", ListAll.class, Listed.class);

    /** Fails with 404 {@code alert_not_found}. */
    public static final Endpoint<Get, Alert> GET = new Endpoint<>("alert.get.v1", Get.class, Alert.class);

    /** Fails with 404 {@code alert_not_found} when it does not hold. */
    public static final Endpoint<Acknowledge, Alert> ACKNOWLEDGE =
            new Endpoint<>("alert.acknowledge.v1", Acknowledge.class, Alert.class);

    /** Advice only. */
    public static final Endpoint<ScalingAsk, Scaling> SCALING =
            new Endpoint<>("alert.scaling.v1", ScalingAsk.class, Scaling.class);

    private Alerts() {}
}
