package dev.skein.review.ledger.work;

import dev.skein.kernel.Check;
import java.time.Duration;

/**
 * How a worker works.
 *
 * @param worker name of it, unique for each process
 * @param tasksMax tasks after which it leaves; 0 for all there are
 * @param taskTime that one task may take
 * @param idleFirst pause when others have all tasks; doubles each time
 * @param idleMax longest pause
 */
public record WorkTerms(String worker, int tasksMax, Duration taskTime, Duration idleFirst, Duration idleMax) {
    public static final Duration TASK_TIME = Duration.ofMinutes(30);
    public static final Duration IDLE_FIRST = Duration.ofMillis(250);
    public static final Duration IDLE_MAX = Duration.ofSeconds(10);
    private static final int TASKS_MAX = 1_000_000;

    public WorkTerms {
        Check.between("max-tasks", tasksMax, 0, TASKS_MAX);
        Check.positive("task-time", taskTime);
    }

    /** With the usual pauses. */
    public static WorkTerms of(String worker, int tasksMax) {
        return new WorkTerms(worker, tasksMax, TASK_TIME, IDLE_FIRST, IDLE_MAX);
    }
}
