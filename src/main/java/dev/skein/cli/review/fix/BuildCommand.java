package dev.skein.cli.review.fix;

import dev.skein.cli.terminal.Failure;
import dev.skein.git.side.SideTree;
import dev.skein.kernel.Problem;
import dev.skein.process.JvmFlags;
import dev.skein.review.fix.BuildTool;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What builds and tests a work tree.
 *
 * @param words program and arguments; empty when there is a script
 * @param script for a shell; null when there are words
 * @param directory below the work tree, with {@code /}; empty for its top
 * @param isJava whether Java machines are started, which must be told the cap
 */
record BuildCommand(List<String> words, @Nullable String script, String directory, boolean isJava) {
    private static final Pattern JAVA = Pattern.compile("(?:.*[\\s/;&|])?(?:mvnw?|gradlew?|javac?|ant|sbt)(?:\\s.*)?");

    /**
     * The command as given, else as the marker files say, of the nearest directory that has any.
     *
     * @param below directory that was reviewed, from the top of the repository
     */
    static BuildCommand of(@Nullable String given, SideTree tree, String below) {
        var found = nearest(tree, below);
        var directory = found.map(Found::directory).orElse("");
        if (given != null) {
            boolean isJava =
                    JAVA.matcher(given).matches() || found.map(Found::isJava).orElse(false);
            return new BuildCommand(List.of(), given, directory, isJava);
        }
        var known = found.orElseThrow(() -> Failure.usage("how this project is built is not known")
                .because("no file like pom.xml, build.gradle, package.json or Makefile is at the root of the review, "
                        + "nor above it")
                .advise("--command 'make test'"));
        return new BuildCommand(known.tool.command(tree.names(directory)), null, directory, known.isJava());
    }

    private record Found(BuildTool tool, String directory) {
        boolean isJava() {
            return tool == BuildTool.MAVEN || tool == BuildTool.GRADLE;
        }
    }

    private static Optional<Found> nearest(SideTree tree, String below) {
        for (var at = below; ; at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
            var directory = at;
            var tool = BuildTool.of(tree.names(directory));
            if (tool.isPresent() || directory.isEmpty()) {
                return tool.map(each -> new Found(each, directory));
            }
        }
    }

    /** One line for people. */
    String line() {
        return script == null ? String.join(" ", words) : script;
    }

    /** What the command needs to know of its cap. */
    Map<String, String> environment(long memoryBytes, Path crashes) {
        var environment = new HashMap<>(JvmFlags.environment());
        if (isJava) {
            try {
                var flags = JvmFlags.of(memoryBytes, List.of(), crashes).stream();
                environment.put(
                        "JAVA_TOOL_OPTIONS", flags.map(BuildCommand::quoted).collect(Collectors.joining(" ")));
            } catch (Problem tooSmall) {
                throw Failure.usage("--memory: " + tooSmall.sentence());
            }
        }
        return environment;
    }

    private static String quoted(String flag) {
        return flag.contains(" ") ? "'" + flag + "'" : flag;
    }
}
