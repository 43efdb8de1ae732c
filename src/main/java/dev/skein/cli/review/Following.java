package dev.skein.cli.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Bar;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Pause;
import dev.skein.kernel.SteadyClock;
import java.time.Duration;
import java.util.function.Supplier;

/** Follows a run to its end. An interrupt ends the following and not the run. */
final class Following {
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final int SILENT_MAX = 60; // questions without an answer, one after another

    private final Shell shell;
    private final ReviewApi reviews;
    private final boolean isAlone;

    /** @param isAlone whether the node that is asked ends with this command */
    Following(Shell shell, ReviewApi reviews, boolean isAlone) {
        this.shell = shell;
        this.reviews = reviews;
        this.isAlone = isAlone;
    }

    ReviewApi reviews() {
        return reviews;
    }

    /** The run as it ended. */
    JsonNode await(JsonNode begun) {
        var id = ReviewApi.id(begun);
        var interrupted = new Thread(() -> shell.terminal().say(Clean.line(farewell(id))));
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            return follow(id, begun);
        } finally {
            forget(interrupted);
        }
    }

    String farewell(String run) {
        return isAlone
                ? "stopped; the same command goes on with what is left of " + run
                : "detached; skein review status " + run + " --watch";
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            hook.setName("skein-detach"); // it runs already
        }
    }

    private JsonNode follow(String id, JsonNode begun) {
        long lines = Math.max(1, begun.path("lines").asLong());
        var bar = new Bar(shell.terminal(), SteadyClock.system(), Clean.line("review " + id), lines);
        var run = begun;
        try {
            while (!ReviewApi.hasEnded(run)) {
                bar.at(Math.min(lines, run.path("reviewed").asLong()));
                Pause.of(STEP);
                run = patiently(() -> reviews.get(id), SILENT_MAX);
            }
            return run;
        } finally {
            bar.end();
        }
    }

    /** Asks again for as long as a change of leader may take. */
    static <T> T patiently(Supplier<T> question, int times) {
        for (int left = times; ; left--) {
            try {
                return question.get();
            } catch (Failure failure) {
                if (failure.exit() != ExitCode.UNAVAILABLE || left <= 1) {
                    throw failure;
                }
                Pause.of(STEP);
            }
        }
    }
}
