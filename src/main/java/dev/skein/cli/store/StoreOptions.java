package dev.skein.cli.store;

import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Failure;
import dev.skein.config.SettingsException;
import dev.skein.kernel.SteadyClock;
import dev.skein.store.StoreConfig;
import dev.skein.store.copy.Copies;
import dev.skein.store.copy.Copy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store a command is about. */
final class StoreOptions {
    @Option(
            names = {"-f", "--conf"},
            paramLabel = "FILE",
            description = "the coordinator's YAML or JSON file, or inline JSON; store.url in it means PostgreSQL")
    @Nullable
    String conf;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "data folder of the coordinator (default node.data-dir of the settings, else data)")
    @Nullable
    Path dataDir;

    Copies open(Shell shell) {
        try {
            var settings = shell.host().loadSettings(conf, Map.of());
            var config = StoreConfig.from(settings);
            var folder = Objects.requireNonNullElse(settings.optional("node.data-dir"), "data");
            settings.requireSound();
            return new Copies(dataDir == null ? Path.of(folder) : dataDir, config, SteadyClock.system());
        } catch (SettingsException wrong) {
            throw Failure.usage("the settings cannot work").because(String.join("\n", wrong.faults()));
        }
    }

    static String words(Copy copy) {
        return "schema %s, %,d rows in %d tables"
                .formatted(copy.schema(), copy.total(), copy.rows().size());
    }
}
