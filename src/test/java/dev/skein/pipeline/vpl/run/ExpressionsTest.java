package dev.skein.pipeline.vpl.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.event.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compiled expressions are worth what the manual says, on fields of any kind and on typed parameters alike. */
class ExpressionsTest {
    private static final int PROGRAMS = 25;
    private static final int EXPRESSIONS = 30;
    private static final int EVENTS = 30;

    @Test
    void random_expressions_are_worth_what_the_manual_says() throws Exception {
        for (long seed = 0; seed < PROGRAMS; seed++) {
            var random = new Random(seed);
            var expressions = new ArrayList<RandomExpression>();
            for (int i = 0; i < EXPRESSIONS; i++) {
                expressions.add(RandomExpression.any(random));
            }
            try (var pipeline = TestPipeline.of(program(expressions))) {
                for (int i = 0; i < EVENTS; i++) {
                    check(pipeline, expressions, randomNames(random), seed);
                }
            }
        }
    }

    /** Each expression once on fields, once on the parameters of a function. */
    private static String program(List<RandomExpression> expressions) {
        var text = new StringBuilder();
        for (int i = 0; i < expressions.size(); i++) {
            var expression = expressions.get(i).text();
            text.append("stream S%d = X .emit(v: %s)\n".formatted(i, expression));
            text.append("fn f%d(i: int, j: float, k: bool, s: str, u: any):\n".formatted(i));
            text.append("    let result = %s\n    return result\n".formatted(expression));
            text.append("stream F%d = X .emit(v: f%d(i, j, k, s, u))\n".formatted(i, i));
        }
        return text.toString();
    }

    private static Map<String, Object> randomNames(Random random) {
        var names = new HashMap<String, Object>();
        names.put("i", orNull(random, randomInt(random)));
        names.put("j", orNull(random, randomFloat(random)));
        names.put("k", orNull(random, random.nextBoolean()));
        names.put("s", orNull(random, List.of("", "a", "b", "ab").get(random.nextInt(4))));
        names.put(
                "u",
                switch (random.nextInt(5)) {
                    case 0 -> randomInt(random);
                    case 1 -> randomFloat(random);
                    case 2 -> random.nextBoolean();
                    case 3 -> "q";
                    default -> null;
                });
        return names;
    }

    private static Object orNull(Random random, Object value) {
        return random.nextInt(4) == 0 ? null : value;
    }

    private static Object randomInt(Random random) {
        return List.of(0L, 1L, -1L, 2L, 63L, 9_007_199_254_740_993L, Long.MAX_VALUE, Long.MIN_VALUE)
                .get(random.nextInt(8));
    }

    private static Object randomFloat(Random random) {
        return List.of(0.0, -0.0, 1.0, -2.5, 9_007_199_254_740_992.0, 1e300, Double.NaN, Double.NEGATIVE_INFINITY)
                .get(random.nextInt(8));
    }

    private static void check(
            TestPipeline pipeline, List<RandomExpression> expressions, Map<String, Object> names, long seed) {
        var builder = Event.builder("X");
        names.forEach(builder::with);
        var outcome = pipeline.submit(builder.build()).join();
        var actual = results(outcome);
        for (int i = 0; i < expressions.size(); i++) {
            var expected = expected(expressions.get(i), names);
            var text = expressions.get(i).text();
            assertThat(actual.get("S" + i))
                    .as("seed %d: %s on %s", seed, text, names)
                    .isEqualTo(expected);
            assertThat(actual.get("F" + i))
                    .as("seed %d: fn of %s on %s", seed, text, names)
                    .isEqualTo(expected);
        }
    }

    private static List<Object> expected(RandomExpression expression, Map<String, Object> names) {
        try {
            return Arrays.asList(expression.value().of(names));
        } catch (ArithmeticException e) {
            return List.of("overflow");
        }
    }

    private static Map<String, Object> results(Outcome outcome) {
        var results = new HashMap<String, Object>();
        for (var output : outcome.outputs()) {
            results.put(output.type(), Arrays.asList(output.get("v")));
        }
        var errors = outcome.errors().stream().collect(Collectors.toMap(EventError::stream, e -> List.of(e.code())));
        results.putAll(errors);
        return results;
    }
}
