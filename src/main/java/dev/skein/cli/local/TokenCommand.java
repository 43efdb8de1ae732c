package dev.skein.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.auth.Role;
import dev.skein.auth.Tokens;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Format;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Spans;
import dev.skein.cli.trust.KeysCommand;
import dev.skein.cli.trust.RotateCommand;
import dev.skein.kernel.SteadyClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tokens, made with the keys of a node on this machine. */
@Command(
        name = "token",
        aliases = "tokens",
        description = "Make tokens to sign in with, and replace the keys that sign them.",
        subcommands = {TokenCommand.Create.class, RotateCommand.class, KeysCommand.class})
public final class TokenCommand {
    private static final Kind TOKEN = new Kind(
            "tokens",
            "id",
            List.of(
                    Column.of("ID", "id", Column.Form.TEXT),
                    Column.of("ROLE", "role", Column.Form.TEXT),
                    Column.of("EXPIRES", "expires_at", Column.Form.TEXT),
                    Column.of("TOKEN", "token", Column.Form.TEXT)));

    @Mixin
    HelpFlag help = new HelpFlag();

    /** Makes one. */
    @Command(
            name = "create",
            description = {
                "Make a token with the keys in a node's data folder, and print it.",
                "Whoever can read that folder can make any token, so it needs no other right."
            },
            footer = {
                "skein token create --role viewer --expires 1h",
                "skein token create --role operator --subject ci --data-dir data/coordinator > ci.jwt",
                "skein token create --role admin --expires 5m -o json"
            })
    public static final class Create implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Option(names = "--role", required = true, paramLabel = "ROLE", description = "viewer, operator or admin")
        String role = "";

        @Option(
                names = "--expires",
                paramLabel = "TIME",
                description = "life of the token (default 1h, which is the most)")
        String expires = "1h";

        @Option(
                names = "--subject",
                paramLabel = "NAME",
                description = "who it is for, shown in the audit (default cli)")
        String subject = "cli";

        @Option(
                names = "--data-dir",
                paramLabel = "DIR",
                description = "data folder of the node (or SKEIN_DATA_DIR; default data)")
        @Nullable
        Path dataDir;

        @Mixin
        ShowOptions show = new ShowOptions();

        public Create(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var granted = Role.named(role)
                    .orElseThrow(() -> Failure.usage("there is no role " + role)
                            .because("roles are viewer, operator, admin")
                            .advise("skein token create --role viewer"));
            var life = Spans.parse("--expires", expires);
            var issued = Tokens.issue(folder(), subject, granted, life);
            if (show.format == Format.TABLE && !show.quiet && show.fields.isEmpty()) {
                shell.terminal().printLine(issued.token());
                return ExitCode.DONE.number;
            }
            new Printer(shell, show, TOKEN, SteadyClock.system())
                    .print(List.of(new ObjectMapper()
                            .createObjectNode()
                            .put("id", issued.id())
                            .put("role", granted.word())
                            .put("subject", subject)
                            .put("expires_at", issued.expiry().toString())
                            .put("token", issued.token())));
            return ExitCode.DONE.number;
        }

        /** Keys made in a folder that no node uses would sign tokens that no node believes. */
        private Path folder() {
            var folder =
                    dataDir == null ? Path.of(shell.environment().getOrDefault("SKEIN_DATA_DIR", "data")) : dataDir;
            if (!Files.isDirectory(folder)) {
                throw Failure.of(ExitCode.NOT_FOUND, "there is no data folder " + folder.toAbsolutePath())
                        .because("tokens are signed with the keys of a node, which it keeps there")
                        .advise("--data-dir of the node that shall believe the token");
            }
            return folder;
        }
    }
}
