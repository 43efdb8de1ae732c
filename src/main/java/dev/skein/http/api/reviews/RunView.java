package dev.skein.http.api.reviews;

import dev.skein.review.Severity;
import dev.skein.review.run.ReviewDetails.Estimate;
import dev.skein.review.run.Reviews.TaskState;
import dev.skein.review.run.Reviews.View;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run as JSON has it: every state and every severity is there, also with none. */
record RunView(
        String id,
        String name,
        String root,
        String node,
        @Nullable String workspace,
        @Nullable String git,
        @Nullable String ref,
        @Nullable String commit,
        String engine,
        String persona,
        String state,
        Map<String, Integer> tasks,
        int files,
        long lines,
        long reviewed,
        Map<String, Long> findings,
        long suppressed,
        Map<String, Integer> skipped,
        List<String> include,
        List<String> exclude,
        Instant createdAt,
        @Nullable Instant finishedAt,
        @Nullable Estimate eta) {

    static RunView of(View view) {
        return of(view, null);
    }

    static RunView of(View view, @Nullable Estimate eta) {
        var finished = view.finishedMillis();
        var origin = view.origin();
        return new RunView(
                view.id(),
                view.name(),
                view.root(),
                view.node(),
                known(origin.workspace()),
                known(origin.git()),
                known(origin.ref()),
                known(origin.commit()),
                view.engine(),
                view.persona(),
                view.state(),
                each(view.tasks(), Stream.of(TaskState.values()).map(RunView::word), 0),
                view.files(),
                view.lines(),
                view.reviewed(),
                each(view.findings(), Stream.of(Severity.values()).map(Severity::word), 0L),
                view.suppressed(),
                new TreeMap<>(view.skipped()),
                view.include(),
                view.exclude(),
                Instant.ofEpochMilli(view.createdMillis()),
                finished == null ? null : Instant.ofEpochMilli(finished),
                eta);
    }

    private static @Nullable String known(String text) {
        return text.isEmpty() ? null : text;
    }

    static String word(TaskState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static <N> Map<String, N> each(Map<String, N> counted, Stream<String> words, N none) {
        var folded = new TreeMap<String, N>(String.CASE_INSENSITIVE_ORDER);
        folded.putAll(counted);
        var all = new LinkedHashMap<String, N>();
        words.forEach(word -> all.put(word, folded.getOrDefault(word, none)));
        return all;
    }
}
