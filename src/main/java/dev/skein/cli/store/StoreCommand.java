package dev.skein.cli.store;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.store.copy.Copies;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies of the store, made and put back on the machine of a coordinator. */
@Command(
        name = "store",
        description = "Back up, restore and check a coordinator's store.",
        subcommands = {StoreCommand.Backup.class, StoreCommand.Restore.class, StoreCommand.Check.class})
public final class StoreCommand {
    @Mixin
    HelpFlag help = new HelpFlag();

    /** Makes a copy. */
    @Command(
            name = "backup",
            description = {
                "Copy the store, as it is at one moment, into a new file; a coordinator may go on working with it.",
                "The file holds the keys of workers and is made readable for its owner only."
            },
            footer = {
                "skein store backup skein.copy",
                "skein store backup --data-dir data/coordinator /backup/monday.copy",
                "skein store backup -f conf/skein.yaml /backup/monday.copy"
            })
    public static final class Backup implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        StoreOptions store = new StoreOptions();

        @Parameters(paramLabel = "FILE", description = "file to make")
        Path file = Path.of("");

        public Backup(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var copy = store.open(shell).backup(file);
            shell.terminal().say(file + ": " + StoreOptions.words(copy));
            return ExitCode.DONE.number;
        }
    }

    /** Puts a copy back. */
    @Command(
            name = "restore",
            description = {
                "Put a copy into a store that no coordinator is using, wholly or not at all.",
                "The copy may come from the other kind of database; its checksum is verified first."
            },
            footer = {
                "skein store restore skein.copy",
                "skein store restore --replace --data-dir data/coordinator /backup/monday.copy",
                "skein store restore -f conf/skein.yaml /backup/monday.copy"
            })
    public static final class Restore implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        StoreOptions store = new StoreOptions();

        @Option(names = "--replace", description = "lose what the store holds now")
        boolean replace;

        @Parameters(paramLabel = "FILE", description = "copy to put back")
        Path file = Path.of("");

        public Restore(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var copy = store.open(shell).restore(file, replace);
            shell.terminal().say("restored " + StoreOptions.words(copy) + ", copied at " + copy.at());
            return ExitCode.DONE.number;
        }
    }

    /** Looks whether all is well. */
    @Command(
            name = "check",
            description = "Check the store, or with FILE a copy: schema, tables, inner order, checksum.",
            footer = {"skein store check", "skein store check -f conf/skein.yaml", "skein store check monday.copy"})
    public static final class Check implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        StoreOptions store = new StoreOptions();

        @Parameters(paramLabel = "FILE", arity = "0..1", description = "copy to check instead of the store")
        @Nullable
        Path file;

        public Check(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var sound = file == null ? store.open(shell).check() : Copies.verify(file);
            shell.terminal().say("sound: " + StoreOptions.words(sound));
            return ExitCode.DONE.number;
        }
    }
}
