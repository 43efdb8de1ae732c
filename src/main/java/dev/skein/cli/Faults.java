package dev.skein.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Terminal;
import dev.skein.config.SettingsException;
import dev.skein.kernel.Nearest;
import dev.skein.kernel.Problem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports on standard error why a command failed, in words or, with {@code -o json}, as an object. */
final class Faults {
    private static final int TYPING_ERRORS_MAX = 3;

    private final Terminal terminal;
    private final List<String> arguments;

    Faults(Terminal terminal, String... arguments) {
        this.terminal = terminal;
        this.arguments = List.of(arguments);
    }

    /** Reports whatever a command threw. */
    int report(Exception thrown) {
        if (thrown instanceof Failure failure) {
            return report(failure);
        }
        var problem = Problem.in(thrown);
        if (problem != null) {
            return report(Failure.of(exit(problem.kind()), problem.sentence()));
        }
        if (thrown instanceof SettingsException wrong) {
            wrong.faults().forEach(fault -> terminal.say("error: " + fault));
            return ExitCode.USAGE.number;
        }
        var what = thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
        int exit = report(Failure.of(ExitCode.FAILED, what).advise(isVerbose() ? null : "the same command with -v"));
        if (isVerbose()) {
            var trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            terminal.sayPart(trace.toString());
        }
        return exit;
    }

    private static ExitCode exit(Problem.Kind kind) {
        return switch (kind) {
            case INVALID, TOO_LARGE, IMPOSSIBLE -> ExitCode.USAGE;
            case NOT_FOUND -> ExitCode.NOT_FOUND;
            case CONFLICT -> ExitCode.CONFLICT;
            case UNAUTHORIZED, FORBIDDEN -> ExitCode.DENIED;
            case BUSY, UNREACHABLE, LIMITED -> ExitCode.UNAVAILABLE;
            case TIMEOUT -> ExitCode.TIMED_OUT;
            case INTERNAL, STORAGE_FULL -> ExitCode.FAILED;
        };
    }

    int report(Failure failure) {
        if (failure.exit() != ExitCode.PIPE_GONE && failure.exit() != ExitCode.INTERRUPTED) {
            terminal.say(isJson() ? json(failure) : words(failure));
        }
        return failure.exit().number;
    }

    /** What was wrong with the words of the command. */
    Failure usage(ParameterException wrong) {
        var line = wrong.getCommandLine();
        var name = line.getCommandSpec().qualifiedName(" ");
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            var word = unmatched.getUnmatched().get(0);
            return word.startsWith("-")
                    ? unknownFlag(word, line)
                    : unknownWord(word, line.getSubcommands().keySet(), name);
        }
        var cause = wrong.getCause();
        if (cause instanceof Failure failure) {
            return failure;
        }
        var said = String.valueOf(wrong.getMessage());
        return Failure.usage(said.substring(0, 1).toLowerCase(Locale.ROOT) + said.substring(1))
                .advise(name + " -h");
    }

    Failure unknownWord(String word, Collection<String> known, String command) {
        var what = known.isEmpty()
                ? "\"%s\" is one word too many for %s".formatted(word, command)
                : "\"%s\" is nothing that %s can do".formatted(word, command);
        var near = Nearest.to(word, known, distanceMax(word));
        return Failure.usage(what)
                .because(known.isEmpty() ? null : "it can do " + String.join(", ", known))
                .advise(near.map(one -> corrected(word, one)).orElse(command + " -h"));
    }

    private Failure unknownFlag(String word, CommandLine line) {
        var flag = word.replaceFirst("=.*", "");
        var command = line.getCommandSpec();
        return Failure.usage("%s has no flag %s".formatted(command.qualifiedName(" "), flag))
                .advise(called(flag.replaceFirst("^--", ""), line)
                        .or(() -> Nearest.to(flag, command.optionsMap().keySet(), distanceMax(flag))
                                .map(one -> corrected(flag, one)))
                        .orElse(command.qualifiedName(" ") + " -h"));
    }

    /** Help for a command of that name in one of the groups around. */
    private static Optional<String> called(String name, CommandLine line) {
        for (var group = line; group != null; group = group.getParent()) {
            if (group.getSubcommands().containsKey(name)) {
                return Optional.of(group.getCommandSpec().qualifiedName(" ") + " " + name + " -h");
            }
        }
        return Optional.empty();
    }

    /** A third of the word may be wrong. */
    private static int distanceMax(String word) {
        return Math.min(TYPING_ERRORS_MAX, Math.max(1, word.length() / 2));
    }

    private String corrected(String wrong, String right) {
        var line = new StringBuilder("skein");
        for (var argument : arguments) {
            var part = argument.equals(wrong) ? right : argument;
            if (argument.startsWith(wrong + "=")) {
                part = right + argument.substring(wrong.length());
            }
            line.append(' ').append(part.contains(" ") ? "'" + part + "'" : part);
        }
        return line.toString();
    }

    private String words(Failure failure) {
        var text = new StringBuilder("error: ").append(Clean.lines(failure.what()));
        line(text, "why", failure.why());
        line(text, "try", failure.advice());
        var answer = failure.answer();
        if (answer != null && answer.hasNonNull("request_id")) {
            line(text, "id ", answer.path("request_id").asText());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String label, @Nullable String value) {
        if (value != null) {
            text.append("\n  ").append(label).append("  ");
            text.append(Clean.lines(value).replace("\n", "\n       "));
        }
    }

    private static String json(Failure failure) {
        var mapper = new ObjectMapper();
        var answer = failure.answer();
        ObjectNode object = answer == null ? mapper.createObjectNode() : answer.deepCopy();
        if (answer == null) {
            object.put("error", failure.what());
            object.put("code", failure.exit().name().toLowerCase(Locale.ROOT));
            object.put("why", failure.why());
        }
        object.put("try", failure.advice());
        try {
            return mapper.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isVerbose() {
        return arguments.contains("-v") || arguments.contains("-vv") || arguments.contains("--verbose");
    }

    private boolean isJson() {
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            var value = argument.equals("-o") || argument.equals("--output")
                    ? (i + 1 < arguments.size() ? arguments.get(i + 1) : "")
                    : argument.replaceFirst("^(--output=|-o=?)", "-o ");
            if (value.replace("-o ", "").startsWith("json") && argument.startsWith("-")) {
                return true;
            }
        }
        return false;
    }
}
