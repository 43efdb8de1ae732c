package dev.skein.coordinator.job.serve;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.TestClock;
import dev.skein.coordinator.job.JobJournal.Cycle;
import dev.skein.coordinator.job.JobJournal.Found;
import dev.skein.coordinator.job.JobPlane;
import dev.skein.coordinator.job.JobsConfig;
import dev.skein.coordinator.job.RunnerLink;
import dev.skein.job.JobRuns;
import dev.skein.job.JobSpec;
import dev.skein.job.Schedules.Delete;
import dev.skein.job.Schedules.Get;
import dev.skein.job.Schedules.Pause;
import dev.skein.job.Schedules.Plan;
import dev.skein.job.Schedules.Put;
import dev.skein.job.Schedules.View;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Schedules while a commit takes its time. */
class TimetableTest {
    private static final Plan EACH_MINUTE = new Plan("* * * * *", "UTC", false, false, JobSpec.of("exec", "{}"));
    private static final Plan EACH_YEAR = new Plan("@yearly", "UTC", false, true, JobSpec.of("exec", "{\"n\":1}"));

    private final TestClock clock = new TestClock();
    private final Queue<Promise<Void>> commits = new ArrayDeque<>();
    private Timetable timetable = timetable(List.of());

    private Timetable timetable(List<Cycle> kept) {
        var ground = new JobPlane.Ground(entry -> begun(), new Silent(), clock, new Random(1));
        var plane = new JobPlane(
                1, JobsConfig.DEFAULTS, new Found(List.of(), Map.of(), kept), ground, ids -> Future.succeededFuture());
        return new Timetable(plane, new Intake(plane, JobsConfig.DEFAULTS, null, 1));
    }

    private Future<Void> begun() {
        Promise<Void> commit = Promise.promise();
        commits.add(commit);
        return commit.future();
    }

    private record Silent() implements RunnerLink {
        @Override
        public Future<JobRuns.Taken> run(String node, JobRuns.Run run) {
            return Future.failedFuture("nobody is here");
        }

        @Override
        public Future<JobRuns.Stopping> stop(String node, JobRuns.Stop stop) {
            return Future.failedFuture("nobody is here");
        }
    }

    private void commit() {
        for (var next = commits.poll(); next != null; next = commits.poll()) {
            next.complete();
        }
    }

    private View kept(Plan plan) throws Exception {
        var put = timetable.put(new Put("s", plan, true, JobRig.ANN));
        commit();
        return put.await(5, SECONDS);
    }

    private View got() throws Exception {
        return timetable.get(new Get("s")).await(5, SECONDS);
    }

    @Test
    void a_change_that_is_not_committed_yet_is_not_undone_by_the_time_that_comes() throws Exception {
        kept(EACH_MINUTE);
        clock.advance(Duration.ofSeconds(61));

        timetable.put(new Put("s", EACH_YEAR, true, JobRig.ANN));
        timetable.tick();
        commit();

        assertThat(got().plan()).isEqualTo(EACH_YEAR);
    }

    @Test
    void a_removal_that_is_not_committed_yet_is_not_undone_by_the_time_that_comes() throws Exception {
        kept(EACH_MINUTE);
        clock.advance(Duration.ofSeconds(61));

        timetable.delete(new Delete("s", JobRig.ANN));
        timetable.tick();
        commit();

        assertThat(timetable.list().await(5, SECONDS).schedules()).isEmpty();
    }

    @Test
    void a_time_that_comes_makes_one_job_however_often_the_clock_is_looked_at_before_the_commit() throws Exception {
        kept(new Plan("* * * * *", "UTC", false, true, JobSpec.of("exec", "{}")));
        clock.advance(Duration.ofSeconds(61));

        timetable.tick();
        timetable.put(new Put("s", EACH_YEAR, true, JobRig.ANN));
        timetable.tick();
        commit();

        assertThat(got().lastJob()).endsWith("1");
        assertThat(got().plan()).isEqualTo(EACH_YEAR);
    }

    @Test
    void a_schedule_whose_type_nobody_does_right_now_is_paused_and_resumed_and_else_stays() throws Exception {
        var rare = new Plan("* * * * *", "Europe/Berlin", false, true, JobSpec.of("rare", "{\"a\":1}"));
        timetable = timetable(List.of(new Cycle("s", rare, clock.millis(), 5L, 6L, 7)));

        var paused = timetable.pause(new Pause("s", true, JobRig.ANN));
        commit();
        assertThat(paused.await(5, SECONDS)).isEqualTo(got());
        assertThat(got().plan()).isEqualTo(rare.pausing(true));
        assertThat(got().nextAt()).isNull();
        assertThat(got().skipped()).isEqualTo(7);
        timetable.pause(new Pause("s", false, JobRig.ANN));
        commit();
        assertThat(got().plan()).isEqualTo(rare);
        assertThat(got().nextAt()).isAfter(clock.instant());
    }
}
