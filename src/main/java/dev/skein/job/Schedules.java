package dev.skein.job;

import dev.skein.bus.Endpoint;
import dev.skein.pipeline.Workers.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done again and again. All served by the leading coordinator. */
public final class Schedules {
    /**
     * When and what.
     *
     * @param cron five fields: minute, hour, day of month, month, day of week; or {@code @hourly} and the like
     * @param zone of the clock it goes by, {@code Europe/Berlin}
     * @param overlap whether it begins though the job before it has not ended; else that time is left out
     * @param spec of each job; its idempotency key must be null
     */
    public record Plan(String cron, String zone, boolean paused, boolean overlap, JobSpec spec) {
        public Plan pausing(boolean now) {
            return new Plan(cron, zone, now, overlap, spec);
        }
    }

    /**
     * Sets what is to be.
     *
     * @param id letters, digits, {@code . _ -}, up to 64
     * @param replace whether one that exists is changed; else that is 409
     */
    public record Put(String id, Plan plan, boolean replace, Caller caller) {}

    /**
     * A schedule as people see it.
     *
     * @param nextAt null when paused, or never
     * @param lastJob null before the first
     * @param skipped how often it was left out because the job before had not ended
     */
    public record View(
            String id,
            Plan plan,
            @Nullable Instant nextAt,
            @Nullable Instant lastAt,
            @Nullable String lastJob,
            long skipped) {}

    public record Get(String id) {}

    public record ListAll() {}

    /** By id; there are at most {@value #SCHEDULES_MAX}. */
    public record Listed(List<View> schedules) {
        public Listed {
            schedules = List.copyOf(schedules);
        }
    }

    public static final int SCHEDULES_MAX = 1_000;

    /** The jobs it has made go on. */
    public record Delete(String id, Caller caller) {}

    /** Changes nothing but whether it makes jobs, also while nobody does jobs of its type. */
    public record Pause(String id, boolean paused, Caller caller) {}

    public record Deleted(boolean deleted) {}

    /**
     * Fails with 400 {@code invalid_cron}, {@code invalid_request}, 409 {@code schedule_exists}, 429 {@code
     * too_many_schedules}, and like {@link Jobs#SUBMIT}.
     */
    public static final Endpoint<Put, View> PUT = new Endpoint<>("schedule.put.v1", Put.class, View.class);

    /** Fails with 404 {@code schedule_not_found}. */
    public static final Endpoint<Get, View> GET = new Endpoint<>("schedule.get.v1", Get.class, View.class);

    public static final Endpoint<ListAll, Listed> LIST =
            new Endpoint<>("schedule.list.v1", ListAll.class, Listed.class);

    /** Fails with 404 {@code schedule_not_found}. */
    public static final Endpoint<Delete, Deleted> DELETE =
            new Endpoint<>("schedule.delete.v1", Delete.class, Deleted.class);

    /** Fails with 404 {@code schedule_not_found}. */
    public static final Endpoint<Pause, View> PAUSE = new Endpoint<>("schedule.pause.v1", Pause.class, View.class);

    private Schedules() {}
}
