package dev.skein.review.ledger;

import dev.skein.kernel.Problem;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Where a task is, in the words of the cluster's reviews. That somebody works at it says its claim, not the ledger. */
public enum TaskState {
    PENDING,
    /** Somebody who does not claim by ref has it. */
    HELD,
    DONE,
    FAILED,
    /** Nobody needs it any more: its directory is gone, or another task is the same. */
    DROPPED;

    /** What may happen to a task, and where. */
    public enum Step {
        COMPLETE(DONE, PENDING),
        /** An attempt did not do it. */
        MISS(PENDING, PENDING),
        GIVE_UP(FAILED, PENDING),
        DROP(DROPPED, PENDING, HELD, FAILED),
        REOPEN(PENDING, HELD, DONE, FAILED, DROPPED);

        public final TaskState to;
        private final Set<TaskState> from;

        Step(TaskState to, TaskState first, TaskState... more) {
            this.to = to;
            this.from = EnumSet.of(first, more);
        }

        public boolean isAcceptedIn(TaskState state) {
            return from.contains(state);
        }

        /** @throws Problem CONFLICT {@code review_task_ended} */
        void check(TaskState state) {
            if (!isAcceptedIn(state)) {
                var message = "a task that is %s cannot %s"
                        .formatted(state.word(), name().toLowerCase(Locale.ROOT).replace('_', ' '));
                throw Problem.conflict("review_task_ended", message);
            }
        }
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
