package dev.skein.cli;

import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Runs one command line. */
public final class Cli {
    private static final String SKEIN = "skein";
    private static final int HELP_WIDTH = 110;
    private static final List<String> HELP_SECTIONS = List.of(
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_FOOTER,
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            CommandLine.Model.UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING);

    private Cli() {}

    /**
     * Runs the command on this process's streams.
     *
     * @return the exit code, see {@link ExitCode}
     */
    public static int run(String[] arguments, CliHost host) {
        return run(arguments, new Shell(Terminal.ofProcess(), host));
    }

    static int run(String[] arguments, Shell shell) {
        var faults = new Faults(shell.terminal(), arguments);
        try {
            if (arguments.length == 0) {
                return execute(shell, faults, "--help");
            }
            var first = arguments[0];
            if (!first.startsWith("-") && Nouns.command(first) == null) {
                throw faults.unknownWord(first, Nouns.ALL, SKEIN);
            }
            return execute(shell, faults, arguments);
        } catch (Failure failure) {
            return faults.report(failure);
        }
    }

    private static int execute(Shell shell, Faults faults, String... arguments) {
        var line = arguments[0].startsWith("-") ? whole(shell) : only(arguments[0], shell);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, words) -> refused(wrong, faults));
        line.setExecutionExceptionHandler((thrown, command, result) -> faults.report(thrown));
        return line.execute(Stream.of(arguments).map(Cli::spelled).toArray(String[]::new));
    }

    /** A noun alone shows its verbs; everything else that does not fit is a fault. */
    private static int refused(CommandLine.ParameterException wrong, Faults faults) {
        var line = wrong.getCommandLine();
        boolean isNounAlone = !line.getSubcommands().isEmpty()
                && wrong.getClass() == CommandLine.ParameterException.class
                && wrong.getCause() == null;
        if (!isNounAlone) {
            return faults.report(faults.usage(wrong));
        }
        line.usage(line.getOut());
        return ExitCode.DONE.number;
    }

    /** A flag that works alone cannot take a value too, or it would swallow the name after it. */
    static String spelled(String argument) {
        return argument.startsWith("--yes=") ? argument.replaceFirst("--yes", "--yes-count") : argument;
    }

    /** The command line with every command there is. */
    static CommandLine whole(Shell shell) {
        var line = new CommandLine(new RootCommand(), factory(shell));
        Nouns.ALL.forEach(noun -> add(line, noun, shell));
        return prepared(line, shell);
    }

    private static CommandLine only(String noun, Shell shell) {
        var line = new CommandLine(new RootCommand(), factory(shell));
        add(line, noun, shell);
        return prepared(line, shell);
    }

    private static void add(CommandLine line, String noun, Shell shell) {
        var command = Nouns.command(noun);
        if (command != null) {
            line.addSubcommand(new CommandLine(command, factory(shell)));
        }
    }

    private static CommandLine prepared(CommandLine line, Shell shell) {
        line.setOut(new PrintWriter(new ToTerminal(shell.terminal())));
        line.setHelpSectionKeys(HELP_SECTIONS);
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setExpandAtFiles(false);
        line.setPosixClusteredShortOptionsAllowed(true);
        line.setExecutionStrategy(new CommandLine.RunLast());
        shape(line.getCommandSpec());
        return line;
    }

    private static void shape(CommandSpec spec) {
        spec.usageMessage()
                .footerHeading("%nExamples:%n")
                .commandListHeading("%nCommands:%n")
                .optionListHeading("%nFlags:%n")
                .parameterListHeading("%nNames:%n")
                .exitCodeListHeading("%nExit codes: 0 done, 1 failed, 2 usage, others: skein help exit-codes%n")
                .sortOptions(false);
        if (!spec.subcommands().isEmpty() && !(spec.userObject() instanceof Runnable)) {
            spec.usageMessage().exitCodeListHeading("");
        }
        if (spec.usageMessage().footer().length == 0) {
            spec.usageMessage().footerHeading("");
        }
        spec.usageMessage().footer(indented(spec.usageMessage().footer()));
        spec.subcommands().values().stream()
                .distinct()
                .map(CommandLine::getCommandSpec)
                .forEach(Cli::shape);
    }

    private static String[] indented(String... lines) {
        return List.of(lines).stream().map(line -> "  " + line.strip()).toArray(String[]::new);
    }

    /** Commands take the shell in their constructor; everything else picocli makes by itself. */
    private static CommandLine.IFactory factory(Shell shell) {
        var plain = CommandLine.defaultFactory();
        return new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                for (var constructor : type.getDeclaredConstructors()) {
                    if (List.of(constructor.getParameterTypes()).equals(List.of(Shell.class))) {
                        return type.cast(constructor.newInstance(shell));
                    }
                }
                return plain.create(type);
            }
        };
    }

    /** Lets picocli print its help on the terminal. */
    private static final class ToTerminal extends Writer {
        private final Terminal terminal;

        private ToTerminal(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public void write(char[] text, int from, int length) {
            terminal.print(new String(text, from, length));
        }

        @Override
        public void flush() {
            return; // the terminal does it after each write
        }

        @Override
        public void close() {
            return; // standard output stays open
        }
    }
}
