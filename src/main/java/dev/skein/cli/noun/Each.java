package dev.skein.cli.noun;

import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does the same for several names and remembers the gravest failure, so that one of them does not stop the others. */
public final class Each<T> {
    private final List<T> done = new ArrayList<>();
    private @Nullable Failure gravest;

    public static <T> Each<T> of(List<String> names, Shell shell, Function<String, T> act) {
        var each = new Each<T>();
        for (var name : names) {
            try {
                each.done.add(act.apply(name));
            } catch (Failure failure) {
                each.note(failure, shell, names.size() > 1);
            }
        }
        return each;
    }

    private void note(Failure failure, Shell shell, boolean isOneOfSeveral) {
        if (gravest != null && isOneOfSeveral) {
            shell.terminal().say("error: " + failure.what());
        }
        if (gravest == null || failure.exit().number > gravest.exit().number) {
            gravest = failure;
        }
    }

    public List<T> done() {
        return done;
    }

    /** Fails with the highest exit code that occurred. */
    public int finish() {
        if (gravest != null) {
            throw gravest;
        }
        return 0;
    }
}
