package dev.skein.cli.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.noun.Each;
import dev.skein.cli.terminal.Failure;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What changes reviews that there are. */
public final class ReviewChangeCommands {
    private static final String ID = "id, name, or the beginning of an id";

    private ReviewChangeCommands() {}

    /** A change of one run. */
    abstract static class Change implements Callable<Integer> {
        protected final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(index = "0", paramLabel = "RUN", description = ID)
        String run = "";

        @Mixin
        ConfirmOptions confirm = new ConfirmOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        Change(Shell shell) {
            this.shell = shell;
        }

        /** Where the run is, once the change is confirmed where that is wanted. */
        ReviewApi confirmed(String change) {
            var api = Api.of(connect, shell);
            ConfirmOptions.inContext(shell, api, confirm, change + " " + run);
            return new ReviewApi(api);
        }

        static ObjectNode body() {
            return ReviewApi.JSON.createObjectNode();
        }
    }

    /** Findings that nobody wants to see. */
    @Command(
            name = "dismiss",
            description = "Do not show findings any more, in this review and in later ones of the same code.",
            footer = {
                "skein review dismiss r-7 9f3c2a --reason 'checked: input is trusted'",
                "skein review dismiss r-7 9f3c2a 11d0b4 --reason 'generated code'"
            })
    public static final class Dismiss extends Change {
        @Parameters(
                index = "1..*",
                arity = "1..*",
                paramLabel = "FINGERPRINT",
                description = "of the finding, or its beginning; skein review findings -o wide shows it")
        List<String> fingerprints = List.of();

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why, for whoever asks later")
        String reason = "";

        public Dismiss(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() {
            if (reason.isBlank()) {
                throw Failure.usage("--reason must say why");
            }
            var reviews = confirmed("dismiss findings of");
            var id = reviews.idOf(run);
            var done = Each.of(fingerprints, shell, each -> {
                boolean isNew = reviews.dismiss(id, each, reason);
                shell.terminal().say(each + (isNew ? " dismissed" : " was dismissed before"));
                return each;
            });
            return done.finish();
        }
    }

    /** Tasks that failed. */
    @Command(
            name = "retry",
            description = {
                "Begin failed tasks anew; all of them when none is named.",
                "With them those whose files were not as they had been when the review began."
            },
            footer = {"skein review retry r-7", "skein review retry r-7 t-3 t-9"})
    public static final class Retry extends Change {
        @Parameters(index = "1..*", arity = "0..*", paramLabel = "TASK", description = "id of a failed task")
        List<String> tasks = List.of();

        public Retry(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() {
            var reviews = confirmed("retry");
            var id = reviews.idOf(run);
            shell.terminal().say("%d tasks of %s begin anew".formatted(reviews.retry(id, tasks), id));
            return 0;
        }
    }

    /** Tasks that have not begun. */
    @Command(
            name = "prioritize",
            description = "Change how urgent pending tasks are.",
            footer = {"skein review prioritize r-7 t-3 --priority 0", "skein review prioritize r-7 t-3 t-4 --priority 4"
            })
    public static final class Prioritize extends Change {
        private static final int PRIORITY_MAX = 4;

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "TASK", description = "id of a pending task")
        List<String> tasks = List.of();

        @Option(names = "--priority", required = true, paramLabel = "N", description = "from 0, the most urgent, to 4")
        int priority;

        public Prioritize(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() {
            if (priority < 0 || priority > PRIORITY_MAX) {
                throw Failure.usage("--priority must be from 0 to " + PRIORITY_MAX + ", got " + priority);
            }
            var reviews = confirmed("prioritize tasks of");
            var path = ReviewApi.path(reviews.idOf(run)) + "/tasks/";
            var done = Each.of(
                    tasks, shell, task -> reviews.api().patch(path + Api.part(task), body().put("priority", priority)));
            return done.finish();
        }
    }

    /** All that is left of a run. */
    @Command(
            name = "cancel",
            description = "End a review: what runs is told to end, what has not begun never will.",
            footer = {"skein review cancel r-7", "skein review cancel r-7 --yes"})
    public static final class Cancel extends Change {
        public Cancel(Shell shell) {
            super(shell);
        }

        @Override
        public Integer call() {
            var reviews = confirmed("cancel");
            var id = reviews.idOf(run);
            boolean done = reviews.api()
                    .post(ReviewApi.path(id) + "/cancel", body())
                    .path("done")
                    .asBoolean();
            shell.terminal().say(id + (done ? " cancelled" : " had ended before"));
            return 0;
        }
    }
}
