package dev.skein.cli.local;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs a command under hard limits where {@code bin/skein} is not at hand, by the same script. The launcher never comes
 * here: it becomes the script, which costs no JVM.
 */
@Command(
        name = "limit",
        description = {
            "Run a command under hard limits and, when asked, in one of N slots of this host.",
            "Sizes are bytes or end in k m g t (binary); 0, off, none, unlimited mean no limit. Limits hold for each"
                    + " process by itself; a flag beats its variable. Exit code: the command's own, 128+n when it died"
                    + " of signal n, 126 not executable, 127 not found, 2 usage, 125 no limits or no slot."
        },
        footer = {
            "skein limit -- make -j8",
            "skein limit --as 8G --cpu 3600 -- ./build.sh",
            "skein limit --as 4G --slots 8 --slot-wait 600 -- mvn verify"
        })
public final class LimitCommand implements Callable<Integer> {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final List<Path> SETPRIV = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));

    private final Shell shell;
    private @Nullable CommandSpec spec;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Option(names = "--as", paramLabel = "SIZE", description = "address space of each process (LIMIT_AS, default 4G)")
    @Nullable
    String addressSpace;

    @Option(names = "--cpu", paramLabel = "SECONDS", description = "processor time of each process (LIMIT_CPU)")
    @Nullable
    String cpu;

    @Option(names = "--stack", paramLabel = "SIZE", description = "stack of each process (LIMIT_STACK)")
    @Nullable
    String stack;

    @Option(
            names = "--slots",
            paramLabel = "N",
            description = "wait until fewer than N others run, or auto (LIMIT_SLOTS)")
    @Nullable
    String slots;

    @Option(names = "--slot-wait", paramLabel = "SECONDS", description = "give up waiting for a slot after this long")
    @Nullable
    String slotWait;

    @Option(
            names = "--slot-dir",
            paramLabel = "DIR",
            description = "where the slots are (LIMIT_SLOT_DIR, default /tmp/skein-slots-UID)")
    @Nullable
    String slotDir;

    @Option(names = "--no-as", description = "no limit of address space")
    boolean noAddressSpace;

    @Option(names = "--no-cpu", description = "no limit of processor time")
    boolean noCpu;

    @Option(names = "--no-stack", description = "no limit of the stack")
    boolean noStack;

    @Option(names = "--no-slots", description = "run without a slot")
    boolean noSlots;

    @Parameters(arity = "1..*", paramLabel = "COMMAND", description = "what to run, and its arguments")
    List<String> command = List.of();

    public LimitCommand(Shell shell) {
        this.shell = shell;
    }

    /** Words after the command are the command's. */
    @Spec
    void spec(CommandSpec given) {
        spec = given;
        given.parser().stopAtPositional(true);
    }

    @Override
    public Integer call() throws InterruptedException {
        var words = new ArrayList<String>();
        SETPRIV.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .ifPresent(found -> words.addAll(List.of(found.toString(), "--pdeathsig", "KILL", "--")));
        words.addAll(List.of(SHELL.toString(), "-c", script(), "skein-limit"));
        words.addAll(options());
        words.add("--");
        words.addAll(command);
        try {
            var child = new ProcessBuilder(words).inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(child)));
            return child.waitFor();
        } catch (IOException e) {
            shell.terminal().say("skein limit: " + e.getMessage());
            return 125;
        }
    }

    private List<String> options() {
        var words = new ArrayList<String>();
        var parsed = Objects.requireNonNull(spec).commandLine().getParseResult();
        for (var option : parsed.matchedOptions()) {
            words.add(option.longestName());
            if (option.arity().max() > 0) {
                words.add(String.join("", option.originalStringValues()));
            }
        }
        return words;
    }

    private static void end(Process child) {
        child.destroy();
        try {
            child.waitFor();
        } catch (InterruptedException e) {
            child.destroyForcibly();
        }
    }

    private static String script() {
        try (var script = LimitCommand.class.getResourceAsStream("/bin/skein-limit")) {
            if (script == null) {
                throw new IllegalStateException("the jar lacks bin/skein-limit");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
