package dev.skein.job.mcp.peer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Real servers from the npm registry, each at one version, installed once per build. */
public final class Packages {
    private static final Path FOLDER = Path.of("target", "mcp-servers").toAbsolutePath();
    private static final List<String> PINNED = List.of(
            "@modelcontextprotocol/server-everything@2026.8.31",
            "@modelcontextprotocol/server-filesystem@2026.8.31",
            "@modelcontextprotocol/server-memory@2026.8.31",
            "@upstash/context7-mcp@4.1.1");
    private static final int INSTALL_MINUTES = 5;

    private Packages() {}

    /** Whether they are there; otherwise says on the console why not. */
    public static boolean installed() {
        var missing = Stream.of("node", "npm").filter(name -> !isOnPath(name)).toList();
        if (!missing.isEmpty()) {
            System.out.println("tests with real MCP servers are left out: not on the path: " + missing);
            return false;
        }
        return Files.exists(program("context7-mcp")) || install();
    }

    public static Path program(String name) {
        return FOLDER.resolve("node_modules/.bin").resolve(name);
    }

    private static boolean isOnPath(String name) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    private static boolean install() {
        var command = new ArrayList<>(List.of("npm", "install", "--ignore-scripts", "--no-save", "--silent"));
        command.add("--prefix=" + FOLDER);
        command.addAll(PINNED);
        var log = FOLDER.resolve("install.log").toFile();
        try {
            Files.createDirectories(FOLDER);
            var npm = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log)
                    .start();
            if (npm.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES) && npm.exitValue() == 0) {
                return true;
            }
            npm.destroyForcibly();
            System.out.println("tests with real MCP servers are left out: npm did not install them, see " + log);
        } catch (IOException e) {
            System.out.println("tests with real MCP servers are left out: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
