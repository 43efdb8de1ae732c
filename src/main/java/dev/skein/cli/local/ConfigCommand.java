package dev.skein.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.ListOptions;
import dev.skein.cli.show.Lister;
import dev.skein.cli.terminal.Failure;
import dev.skein.config.Settings;
import dev.skein.config.SettingsException;
import dev.skein.kernel.SteadyClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The settings of a node as it would start here and now. */
@Command(
        name = "config",
        description = "Check and show a node's settings.",
        subcommands = {ConfigCommand.Check.class, ConfigCommand.Show.class})
public final class ConfigCommand {
    private static final Kind SETTING = new Kind(
            "settings",
            "key",
            List.of(
                    Column.of("KEY", "key", Column.Form.TEXT),
                    Column.of("VALUE", "value", Column.Form.TEXT),
                    Column.wide("ORIGIN", "origin", Column.Form.TEXT)));
    private static final Kind WITH_ORIGIN = new Kind(
            SETTING.plural(),
            SETTING.id(),
            SETTING.columns().stream()
                    .map(column -> Column.of(column.header(), column.field(), column.form()))
                    .toList());

    @Mixin
    HelpFlag help = new HelpFlag();

    /** The configuration that a command is about. */
    static final class ConfOption {
        @Option(
                names = {"-f", "--conf"},
                paramLabel = "FILE",
                description = "YAML or JSON file, or inline JSON; without it environment and defaults only")
        @Nullable
        String conf;

        Settings load(Shell shell) {
            try {
                return shell.host().loadSettings(conf, Map.of());
            } catch (SettingsException wrong) {
                throw refused(wrong);
            }
        }

        static Failure refused(SettingsException wrong) {
            int faults = wrong.faults().size();
            return Failure.usage("the settings cannot work: %d fault%s".formatted(faults, faults == 1 ? "" : "s"))
                    .because(String.join("\n", wrong.faults()));
        }
    }

    /** Reports everything that is wrong at once. */
    @Command(
            name = "check",
            description = "Report every fault, every unknown key, readable secrets and unsafe addresses.",
            footer = {
                "skein config check -f conf/worker.yaml",
                "skein config check",
                "skein config check -f '{\"http.port\": 9200}'"
            })
    public static final class Check implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        ConfOption conf = new ConfOption();

        public Check(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var settings = conf.load(shell);
            try {
                settings.requireSound();
            } catch (SettingsException wrong) {
                throw ConfOption.refused(wrong);
            }
            var warnings = SettingsAudit.of(settings.inForce());
            warnings.forEach(warning -> shell.terminal().say("warning: " + warning));
            shell.terminal()
                    .say(
                            warnings.isEmpty()
                                    ? "the settings are sound"
                                    : "the settings can work, with %d warning%s"
                                            .formatted(warnings.size(), warnings.size() == 1 ? "" : "s"));
            return 0;
        }
    }

    /** Shows every key with the value in force. */
    @Command(
            name = "show",
            description = "Show every key with the value in force; secrets as ***.",
            footer = {
                "skein config show",
                "skein config show -f conf/worker.yaml --origin",
                "skein config show --filter 'origin!=default' -o json"
            })
    public static final class Show implements Callable<Integer> {
        private static final int ALL = 0;

        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Option(names = "--origin", description = "show where each value came from")
        boolean origin;

        @Mixin
        ConfOption conf = new ConfOption();

        @Mixin
        ListOptions list = new ListOptions();

        public Show(Shell shell) {
            this.shell = shell;
            list.limit = ALL;
        }

        @Override
        public Integer call() {
            var kind = origin ? WITH_ORIGIN : SETTING;
            return new Lister(shell, list, kind, SteadyClock.system()).show(this::settings);
        }

        private List<JsonNode> settings() {
            var items = new ArrayList<JsonNode>();
            conf.load(shell)
                    .inForce()
                    .forEach((key, value) -> items.add(new ObjectMapper()
                            .createObjectNode()
                            .put("key", key)
                            .put("value", value.text())
                            .put("origin", value.origin())));
            return items;
        }
    }
}
