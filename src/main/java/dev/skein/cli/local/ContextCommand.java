package dev.skein.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Contexts;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.ListOptions;
import dev.skein.cli.show.Lister;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.SteadyClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The places that commands may be sent to. */
@Command(
        name = "context",
        aliases = "contexts",
        description = "Show and change the contexts of ~/.config/skein/config.yaml.",
        subcommands = {
            ContextCommand.Listing.class,
            ContextCommand.Use.class,
            ContextCommand.Put.class,
            ContextCommand.Delete.class
        })
public final class ContextCommand {
    private static final Kind CONTEXT = new Kind(
            "contexts",
            "name",
            List.of(
                    Column.of("NAME", "name", Column.Form.TEXT),
                    Column.of("CURRENT", "current", Column.Form.TEXT),
                    Column.of("ENDPOINT", "endpoint", Column.Form.TEXT)));

    @Mixin
    HelpFlag help = new HelpFlag();

    /** All of them. */
    @Command(
            name = "list",
            description = "List the contexts; --context or SKEIN_CONTEXT chooses one.",
            footer = {"skein context list", "skein context list -o name", "skein context list -o json"})
    public static final class Listing implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        ListOptions list = new ListOptions();

        public Listing(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            return new Lister(shell, list, CONTEXT, SteadyClock.system()).show(this::contexts);
        }

        private List<JsonNode> contexts() {
            var contexts = Contexts.of(shell.environment());
            var items = new ArrayList<JsonNode>();
            for (var name : contexts.names()) {
                items.add(new ObjectMapper()
                        .createObjectNode()
                        .put("name", name)
                        .put("current", name.equals(contexts.current()))
                        .put("endpoint", contexts.endpoint(name)));
            }
            return items;
        }
    }

    /** The one in use from now on. */
    @Command(
            name = "use",
            description = "Send commands to a context from now on, unless --context or SKEIN_CONTEXT says another.",
            footer = {"skein context use staging", "skein context use prod"})
    public static final class Use implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(paramLabel = "CONTEXT", description = "its name")
        String name = "";

        public Use(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            Contexts.of(shell.environment()).use(name);
            shell.terminal().say("commands go to context " + name);
            return 0;
        }
    }

    /** One that is made or changed. */
    @Command(
            name = "set",
            description = "Make or change a context. Tokens stay outside: name a file, or a command that prints one.",
            footer = {
                "skein context set staging --endpoint https://staging.example --token-file ~/.config/skein/staging.jwt",
                "skein context set prod --endpoint https://prod.example --token-command 'pass skein/prod' --confirm",
                "skein context set prod --ca-file certs/ca.pem"
            })
    public static final class Put implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(paramLabel = "CONTEXT", description = "its name")
        String name = "";

        @Option(names = "--endpoint", paramLabel = "URL", description = "address of the API")
        @Nullable
        String endpoint;

        @Option(names = "--token-file", paramLabel = "FILE", description = "file with a token")
        @Nullable
        String tokenFile;

        @Option(names = "--token-command", paramLabel = "COMMAND", description = "shell command that prints a token")
        @Nullable
        String tokenCommand;

        @Option(names = "--ca-file", paramLabel = "FILE", description = "PEM file with the certificate to trust")
        @Nullable
        String caFile;

        @Option(names = "--confirm", negatable = true, description = "ask before every change there")
        @Nullable
        Boolean confirm;

        public Put(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var fields = new LinkedHashMap<String, String>();
            put(fields, "endpoint", endpoint);
            put(fields, "token-file", absolute(tokenFile));
            put(fields, "token-command", tokenCommand);
            put(fields, "ca-file", absolute(caFile));
            put(fields, Contexts.CONFIRM, confirm == null ? null : confirm.toString());
            if (fields.isEmpty()) {
                throw Failure.usage("nothing to set").advise("skein context set " + name + " --endpoint URL");
            }
            Contexts.of(shell.environment()).set(name, fields);
            return 0;
        }

        private static void put(Map<String, String> fields, String field, @Nullable String text) {
            if (text != null) {
                fields.put(field, text);
            }
        }

        /** The file is meant from here, and the context is used from anywhere. */
        private static @Nullable String absolute(@Nullable String path) {
            boolean isPlain = path == null || path.isEmpty() || path.startsWith("~/");
            return isPlain ? path : Path.of(path).toAbsolutePath().normalize().toString();
        }
    }

    /** One that is forgotten. */
    @Command(
            name = "delete",
            description = "Forget contexts; the files they name stay.",
            footer = {"skein context delete staging", "skein context delete staging prod"})
    public static final class Delete implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(arity = "1..*", paramLabel = "CONTEXT", description = "its name")
        List<String> names = List.of();

        public Delete(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            names.forEach(Contexts.of(shell.environment())::delete);
            return 0;
        }
    }
}
