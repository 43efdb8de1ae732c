package dev.skein.manual;

import dev.skein.fault.nodes.NodeArchive;
import dev.skein.fault.nodes.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A shell in a folder of its own, with the launcher on its path. What it started is killed when it ends. */
final class Shell {
    private static final int TAIL_LINES = 40;

    private final Path folder;

    Shell(Path folder) throws IOException {
        this.folder = folder;
        var bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("skein"), Path.of("bin/skein").toAbsolutePath());
        Files.writeString(bin.resolve("curl"), "#!/bin/sh\nexec /usr/bin/curl --fail -sS \"$@\"\n");
        Files.setPosixFilePermissions(bin.resolve("curl"), PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(
                Files.createDirectories(folder.resolve("target")).resolve("skein.jar"), NodeProcess.JAR);
        var conf = Files.createDirectories(folder.resolve("conf"));
        try (Stream<Path> files = Files.list(Path.of("conf"))) {
            for (var file : files.toList()) {
                Files.copy(file, conf.resolve(file.getFileName()));
            }
        }
    }

    /** Runs a script, whose first command that fails ends it. */
    void run(String script, Map<String, String> environment, Duration longest) throws Exception {
        var file = Files.writeString(folder.resolve("script"), "set -euo pipefail\nset -x\n" + script);
        var log = folder.resolve("output");
        var builder = new ProcessBuilder(List.of("setsid", "bash", file.toString()))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SKEIN_") || name.startsWith("VARPULIS_"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("SKEIN_JAVA_OPTS", javaOptions());
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("not done within " + longest + tail(log));
            }
            if (process.exitValue() != 0) {
                throw new AssertionError("exit " + process.exitValue() + tail(log));
            }
        } finally {
            new ProcessBuilder("kill", "-KILL", "--", "-" + process.pid())
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        }
    }

    /** Words between blanks, so that what has one in its path is left out. */
    private static String javaOptions() {
        return Stream.concat(NodeArchive.flags().stream(), NodeProcess.SMALL.stream())
                .filter(flag -> !flag.contains(" "))
                .collect(Collectors.joining(" "));
    }

    private static String tail(Path log) throws IOException {
        var lines = Files.readAllLines(log);
        return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}
