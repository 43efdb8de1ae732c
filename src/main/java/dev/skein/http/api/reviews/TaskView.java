package dev.skein.http.api.reviews;

import dev.skein.review.run.Reviews.Task;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task as JSON has it. */
record TaskView(
        String id,
        String directory,
        int part,
        int parts,
        int priority,
        int files,
        long lines,
        String state,
        String job,
        int attempt,
        @Nullable String worker,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long findings,
        @Nullable String reason) {

    static TaskView of(Task task) {
        return new TaskView(
                task.id(),
                task.directory(),
                task.part(),
                task.parts(),
                task.priority(),
                task.files(),
                task.lines(),
                RunView.word(task.state()),
                task.job(),
                task.attempt(),
                task.worker(),
                time(task.startedMillis()),
                time(task.finishedMillis()),
                task.findings(),
                task.reason());
    }

    private static @Nullable Instant time(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
