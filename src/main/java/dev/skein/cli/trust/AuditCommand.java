package dev.skein.cli.trust;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.audit.AuditFolder;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.ListOptions;
import dev.skein.cli.show.Lister;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.SteadyClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Who did what on a node of this machine. */
@Command(
        name = "audit",
        description = "List, export and check the audit of a node.",
        subcommands = {AuditCommand.ListLines.class, AuditCommand.Export.class, AuditCommand.Verify.class})
public final class AuditCommand {
    private static final Kind LINE = new Kind(
            "lines",
            "seq",
            List.of(
                    Column.of("AT", "at", Column.Form.TEXT),
                    Column.of("WHO", "who", Column.Form.TEXT),
                    Column.of("WHAT", "what", Column.Form.TEXT),
                    Column.of("TARGET", "target", Column.Form.TEXT),
                    Column.of("OUTCOME", "outcome", Column.Form.TEXT),
                    Column.wide("FROM", "from", Column.Form.TEXT),
                    Column.wide("REQUEST", "request_id", Column.Form.TEXT),
                    Column.wide("SEQ", "seq", Column.Form.NUMBER)));

    @Mixin
    HelpFlag help = new HelpFlag();

    /** Lists lines, the newest first. */
    @Command(
            name = "list",
            description = "List who did what and who was refused, newest first.",
            footer = {
                "skein audit list --limit 20",
                "skein audit list --filter 'outcome~refused' -o jsonl",
                "skein audit list --filter 'request_id=01J8ZK' --data-dir data/coordinator"
            })
    public static final class ListLines implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        DataFolder data = new DataFolder();

        @Mixin
        ListOptions list = new ListOptions();

        public ListLines(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var folder = new AuditFolder(data.existing(shell));
            return new Lister(shell, list, LINE, SteadyClock.system()).show(() -> newestFirst(folder));
        }

        private static List<JsonNode> newestFirst(AuditFolder folder) {
            try {
                var all = new ArrayList<JsonNode>();
                folder.read(all::add);
                Collections.reverse(all);
                return all;
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }

    /** Copies it as it is. */
    @Command(
            name = "export",
            description = {
                "Print every line that is kept, oldest first and as it was written, hashes included.",
                "Whoever has the lines can check the chain, also where the node cannot change them any more."
            },
            footer = {
                "skein audit export > audit.jsonl",
                "skein audit export --data-dir data/coordinator > coordinator.jsonl"
            })
    public static final class Export implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        DataFolder data = new DataFolder();

        public Export(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            try {
                for (var file : new AuditFolder(data.existing(shell)).files()) {
                    try (var lines = Files.lines(file)) {
                        lines.forEach(shell.terminal()::printLine);
                    }
                }
                return ExitCode.DONE.number;
            } catch (IOException | UncheckedIOException e) {
                throw unreadable(e);
            }
        }
    }

    /** Follows the chain of hashes. */
    @Command(
            name = "verify",
            description = "Check that no line was changed, taken out or put in; exit 1 when one was.",
            footer = {
                "skein audit verify",
                "skein audit verify --data-dir data/coordinator",
                "skein audit verify --data-dir /var/lib/skein"
            })
    public static final class Verify implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        DataFolder data = new DataFolder();

        public Verify(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            try {
                var checked = new AuditFolder(data.existing(shell)).verify();
                if (checked.fault() != null) {
                    throw Failure.of(ExitCode.FAILED, "the audit was tampered with")
                            .because(checked.fault() + "; " + checked.lines() + " lines before it are sound");
                }
                shell.terminal().say(checked.lines() + " lines are sound");
                return ExitCode.DONE.number;
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }

    private static Failure unreadable(Exception cause) {
        return Failure.of(ExitCode.DENIED, "the audit cannot be read").because(String.valueOf(cause.getMessage()));
    }
}
