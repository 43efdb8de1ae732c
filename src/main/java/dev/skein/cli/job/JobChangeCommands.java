package dev.skein.cli.job;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.noun.Each;
import dev.skein.cli.noun.Ids;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What changes jobs that there are. */
public final class JobChangeCommands {
    private JobChangeCommands() {}

    /** Which jobs, and how the answer looks. */
    static final class Chosen {
        @Parameters(arity = "0..*", paramLabel = "JOB", description = JobCommand.WORD)
        List<String> words = List.of();

        @Option(names = "--ids-from", paramLabel = "FILE", description = "ids, one a line; - for standard input")
        @Nullable
        String idsFrom;

        @Mixin
        ConfirmOptions confirm = new ConfirmOptions();

        @Mixin
        ShowOptions show = new ShowOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        private List<String> all(Shell shell) {
            var all = new ArrayList<>(words);
            all.addAll(Ids.from(idsFrom, shell));
            if (idsFrom == null) {
                Ids.requireSome(all, "JOB");
            }
            return all;
        }

        int change(Shell shell, String verb, @Nullable String reason) {
            var all = all(shell);
            var jobs = JobApi.of(connect, shell);
            ConfirmOptions.inContext(shell, jobs.api(), confirm, verb + " " + String.join(", ", all));
            var changed = Each.of(all, shell, word -> jobs.post(jobs.id(word), verb, reason));
            new Printer(shell, show, Kinds.JOB, SteadyClock.system()).printDone(changed.done());
            return changed.finish();
        }
    }

    /** Ends them. */
    @Command(
            name = "cancel",
            description = "End jobs; what runs is told to end and killed if it does not.",
            footer = {
                "skein job cancel 01J8ZK",
                "skein job cancel 01J8ZK 01J8ZM --reason \"not needed any more\"",
                "skein job cancel --ids-from - -o json"
            })
    public static final class Cancel implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the audit")
        @Nullable
        String reason;

        @Mixin
        Chosen chosen = new Chosen();

        public Cancel(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            return chosen.change(shell, "cancel", reason);
        }
    }

    /** Begins them anew. */
    @Command(
            name = "retry",
            description = "Begin anew jobs that have ended or are parked.",
            footer = {"skein job retry 01J8ZK", "skein job retry 01J8ZK 01J8ZM -q", "skein job retry --ids-from -"})
    public static final class Retry implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        Chosen chosen = new Chosen();

        public Retry(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            return chosen.change(shell, "retry", null);
        }
    }
}
