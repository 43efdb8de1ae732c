package dev.skein.coordinator.review.rows;

import dev.skein.review.Severity;
import dev.skein.review.run.Reviews.TaskState;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the tasks of a run come to.
 *
 * @param tasks how many in each state, all of them named
 * @param findings by severity, all of them named
 */
public record Totals(Map<TaskState, Integer> tasks, long reviewed, Map<Severity, Long> findings, long suppressed) {
    public Totals {
        tasks = Map.copyOf(tasks);
        findings = Map.copyOf(findings);
    }

    public int of(TaskState state) {
        return tasks.getOrDefault(state, 0);
    }

    public int all() {
        return tasks.values().stream().mapToInt(each -> each).sum();
    }

    /** Whether nothing more happens unless somebody asks. */
    public boolean isSettled() {
        return of(TaskState.PENDING) == 0 && of(TaskState.RUNNING) == 0;
    }

    /** By the words of the states. */
    public Map<String, Integer> byState() {
        var words = new LinkedHashMap<String, Integer>();
        Arrays.stream(TaskState.values()).forEach(state -> words.put(word(state), of(state)));
        return words;
    }

    /** By the words of the severities. */
    public Map<String, Long> bySeverity() {
        var words = new LinkedHashMap<String, Long>();
        Arrays.stream(Severity.values())
                .forEach(severity -> words.put(severity.word(), findings.getOrDefault(severity, 0L)));
        return words;
    }

    /** As it is written. */
    public static String word(TaskState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
