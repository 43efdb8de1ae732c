package dev.skein.cli.demo;

import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The demo's folder: keys and data are made anew each time, logs and the picture stay. */
record Layout(Path folder) {
    private static final int KEY_BYTES = 16;

    static Layout fresh(Path folder) {
        var layout = new Layout(folder.toAbsolutePath().normalize());
        try {
            Trees.delete(layout.folder.resolve("data"));
            Trees.delete(layout.logs());
            Files.createDirectories(layout.logs());
            Files.createDirectories(layout.folder.resolve("conf"));
            Files.deleteIfExists(layout.picture());
            layout.writeSecret(layout.apiKey(), Ids.hex(KEY_BYTES));
            return layout;
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, "the folder " + layout.folder + " cannot be used")
                    .because(e.getMessage());
        }
    }

    Path logs() {
        return folder.resolve("logs");
    }

    Path log(String node) {
        return logs().resolve(node + ".log");
    }

    Path conf(String node) {
        return folder.resolve("conf").resolve(node + ".yaml");
    }

    Path data(String node) {
        return folder.resolve("data").resolve(node);
    }

    Path apiKey() {
        return folder.resolve("api-key");
    }

    Path token() {
        return folder.resolve("token");
    }

    Path picture() {
        return folder.resolve("mandelbrot.png");
    }

    /** Writes a file that only its owner can read. */
    void writeSecret(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }

    /** The path as seen from here, when that is shorter. */
    static String shown(Path path) {
        var here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }
}
