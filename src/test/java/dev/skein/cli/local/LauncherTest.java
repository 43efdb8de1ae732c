package dev.skein.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bin/skein does without a JVM. */
class LauncherTest {
    private static final Path LAUNCHER = Path.of("bin/skein").toAbsolutePath();

    private record Ended(int exit, String out, String err) {}

    @Test
    void version_and_completion_need_neither_java_nor_the_jar(@TempDir Path elsewhere) throws Exception {
        var environment = Map.of("PATH", tools(elsewhere), "JAVA_HOME", "");
        var link = Files.createSymbolicLink(elsewhere.resolve("skein"), LAUNCHER);

        assertThat(run(environment, elsewhere, link.toString(), "version").out).matches("skein [0-9.]+\n");
        assertThat(run(environment, elsewhere, LAUNCHER.toString(), "completion", "zsh").out)
                .isEqualTo(Files.readString(Path.of("src/main/resources/completion/skein.zsh")));
    }

    @Test
    void what_is_missing_is_said_in_one_sentence(@TempDir Path folder) throws Exception {
        var copy = Files.createDirectories(folder.resolve("bin")).resolve("skein");
        Files.copy(LAUNCHER, copy);

        var run = run(Map.of(), folder, "/bin/sh", copy.toString(), "worker", "list");

        assertThat(run.exit).isEqualTo(1);
        assertThat(run.out).isEmpty();
        assertThat(run.err).contains("error: ").contains("skein.jar is missing and there is nothing to build it from");
    }

    /** A folder with the few tools that the launcher may use, and no Java. */
    private static String tools(Path folder) throws IOException {
        var tools = Files.createDirectories(folder.resolve("tools"));
        for (var tool : List.of("sh", "cat", "readlink")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/bin", tool));
        }
        return tools.toString();
    }

    private static Ended run(Map<String, String> environment, Path folder, String... command) throws Exception {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, err);
    }
}
