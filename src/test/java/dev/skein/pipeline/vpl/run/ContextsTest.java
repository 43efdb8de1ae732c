package dev.skein.pipeline.vpl.run;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.pipeline.event.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random graphs of streams over random contexts, with hardly any room between them: nothing is lost or stands still.
 */
class ContextsTest {
    private static final int GRAPHS = 30;
    private static final int STREAMS = 8;
    private static final int EVENTS = 20;

    @Test
    void random_graphs_answer_every_event_with_all_its_outputs() throws Exception {
        for (long seed = 0; seed < GRAPHS; seed++) {
            var random = new Random(seed);
            var expected = new HashMap<String, Long>();
            var source = graph(random, expected);
            try (var pipeline = TestPipeline.tight(1 + random.nextInt(5), 1 + random.nextInt(3), source)) {
                var answers = new ArrayList<CompletableFuture<Outcome>>();
                for (int i = 0; i < EVENTS; i++) {
                    answers.add(pipeline.submit(TestPipeline.event("X{n:" + i + "}")));
                }
                for (int i = 0; i < EVENTS; i++) {
                    check(answers.get(i).get(30, SECONDS), expected, i, seed);
                }
            }
        }
    }

    /** Stream i reads X or an earlier stream and makes up to three events of each; counts go to {@code expected}. */
    private static String graph(Random random, Map<String, Long> expected) {
        var text = new StringBuilder("context c1\ncontext c2\ncontext c3\n");
        text.append("fn copies(n: int, many: int):\n    for i in 0..many:\n        emit P(n: n, i: i)\n");
        for (int i = 0; i < STREAMS; i++) {
            int from = random.nextInt(i + 1) - 1;
            int context = random.nextInt(4);
            int many = random.nextInt(6);
            var source = from < 0 ? "X" : "S" + from;
            var where = context == 0 ? "" : ".context(c" + context + ") ";
            text.append("stream S%d = %s %s.process(copies(n, %d))\n".formatted(i, source, where, many));
            expected.put("S" + i, many * expected.getOrDefault(source, 1L));
        }
        expected.values().removeIf(count -> count == 0);
        return text.toString();
    }

    private static void check(Outcome outcome, Map<String, Long> expected, long n, long seed) {
        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.outputs()).allMatch(output -> output.get("n").equals(n));
        assertThat(outcome.outputs().stream()
                        .collect(Collectors.groupingBy(output -> output.type(), Collectors.counting())))
                .as("seed %d", seed)
                .isEqualTo(expected);
    }
}
