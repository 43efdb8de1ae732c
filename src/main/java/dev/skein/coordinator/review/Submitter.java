package dev.skein.coordinator.review;

import dev.skein.coordinator.review.rows.ReviewJson;
import dev.skein.coordinator.review.rows.Run;
import dev.skein.coordinator.review.rows.TaskRows;
import dev.skein.coordinator.review.rows.TaskRows.Waiting;
import dev.skein.job.JobSpec;
import dev.skein.job.JobSpec.Needs;
import dev.skein.job.JobSpec.Order;
import dev.skein.job.JobSpec.Timeouts;
import dev.skein.job.Jobs;
import dev.skein.job.Jobs.Answer;
import dev.skein.job.Jobs.Cancel;
import dev.skein.job.Jobs.SubmitMany;
import dev.skein.job.life.JobIds;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.review.engine.ReviewEnginesConfig;
import dev.skein.review.run.ReviewParts.TaskOrder;
import dev.skein.store.Transaction;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for a job for each task that waits for one. A key makes sure that it is one, however often it is asked for. */
final class Submitter {
    private static final Logger log = LoggerFactory.getLogger(Submitter.class);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 500;

    /** Refusals that another try may not meet. */
    private static final Set<String> PASSING = Set.of("queue_full", "workers_unheard", "unknown_job_type");

    private final Means means;

    Submitter(Means means) {
        this.means = means;
    }

    private record Batch(List<Waiting> tasks, Map<String, Run> runs) {}

    /** Completes once every task has a job, or no more jobs are taken for now. */
    Future<?> submit() {
        return means.store().read(Submitter::batch).compose(batch -> {
            if (batch.tasks.isEmpty()) {
                return Future.succeededFuture();
            }
            var bySubmitter = new HashMap<String, List<Waiting>>();
            batch.tasks.forEach(task -> bySubmitter
                    .computeIfAbsent(run(batch, task).submitter(), name -> new ArrayList<>())
                    .add(task));
            var asked = bySubmitter.entrySet().stream()
                    .map(each -> submit(each.getKey(), each.getValue(), batch))
                    .toList();
            return Future.join(asked).compose(done -> {
                boolean isMore = batch.tasks.size() == AT_ONCE
                        && asked.stream().allMatch(each -> Boolean.TRUE.equals(each.result()));
                return isMore ? submit() : Future.succeededFuture();
            });
        });
    }

    private static Batch batch(Transaction tx) throws SQLException {
        var tasks = TaskRows.waiting(tx, AT_ONCE);
        var runs = new HashMap<String, Run>();
        for (var task : tasks) {
            if (!runs.containsKey(task.run())) {
                runs.put(task.run(), Means.known(tx, task.run()));
            }
        }
        return new Batch(tasks, runs);
    }

    private static Run run(Batch batch, Waiting task) {
        return Objects.requireNonNull(batch.runs.get(task.run()));
    }

    /** Whether each is settled now. */
    private Future<Boolean> submit(String submitter, List<Waiting> tasks, Batch batch) {
        var specs = tasks.stream().map(task -> spec(run(batch, task), task)).toList();
        var caller = new Caller(submitter, "system", "");
        return means.bus()
                .ask(Jobs.SUBMIT_MANY, new SubmitMany(specs, caller), DEADLINE)
                .compose(answer -> means.store().write(tx -> noted(tx, tasks, answer.answers())))
                .compose(noted -> Future.join(noted.orphans.stream()
                                .map(job -> cancel(job, caller).otherwiseEmpty()) // it may have ended
                                .toList())
                        .map(done -> noted.isAll));
    }

    /**
     * What came of asking.
     *
     * @param isAll whether each task is settled now
     * @param orphans jobs of tasks that were cancelled or begun anew while they were asked for
     */
    private record Noted(boolean isAll, List<Long> orphans) {}

    private static Noted noted(Transaction tx, List<Waiting> tasks, List<Answer> answers) throws SQLException {
        boolean isAll = true;
        var orphans = new ArrayList<Long>();
        for (int i = 0; i < tasks.size(); i++) {
            var task = tasks.get(i);
            var answer = answers.get(i);
            var code = answer.code();
            if (code == null) {
                long job = JobIds.parse(answer.id());
                if (TaskRows.submitted(tx, task, job) == 0 && !hasJob(tx, task, job)) {
                    orphans.add(job);
                }
            } else if (PASSING.contains(code)) {
                log.info("task {} of {} waits: {}", task.id(), task.run(), answer.message());
                isAll = false;
            } else {
                TaskRows.refused(tx, task, code + ": " + answer.message());
            }
        }
        return new Noted(isAll, orphans);
    }

    /** Whether it was noted before. */
    private static boolean hasJob(Transaction tx, Waiting task, long job) throws SQLException {
        return TaskRows.get(tx, task.run(), task.id())
                .filter(told -> Objects.equals(told.job(), job))
                .isPresent();
    }

    private Future<?> cancel(long job, Caller caller) {
        var ask = new Cancel(JobIds.text(job), "its task was cancelled or begun anew", caller);
        return means.bus().ask(Jobs.CANCEL, ask, DEADLINE);
    }

    private JobSpec spec(Run run, Waiting task) {
        var choice = run.choice();
        var order =
                new TaskOrder(run.id(), task.id(), run.root(), run.node(), choice.engine(), run.persona(), task.unit());
        var capabilities =
                choice.engine().equals(ReviewEnginesConfig.OLLAMA) ? List.of(choice.engine()) : List.<String>of();
        int priority = Math.min(Order.PRIORITY_LEAST, task.priority() * 2 + 1);
        var usual = Order.DEFAULT;
        return JobSpec.of("review", ReviewJson.text(order))
                .with(new Order(priority, run.id(), usual.concurrencyKey(), usual.concurrencyMax(), usual.delay()))
                .with(new Timeouts(null, means.config().taskTimeout(), null, null))
                .with(new Needs(capabilities, choice.labels(), null, 0, false))
                .attempts(choice.attemptsMax() > 0 ? choice.attemptsMax() : JobSpec.ATTEMPTS_DEFAULT)
                .under("review/%s/%s/%d".formatted(run.id(), task.id(), task.turn()))
                .labelled(List.of("review=" + run.id()));
    }
}
