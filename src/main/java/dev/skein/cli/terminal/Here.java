package dev.skein.cli.terminal;

import java.nio.file.Path;

/** Paths as they are written where a command is typed. */
public final class Here {
    private static final Path DIRECTORY = Path.of("").toAbsolutePath();

    private Here() {}

    /** From the top of the file system; whether something is there is not looked at. */
    public static Path absolute(String written) {
        return DIRECTORY.resolve(written).normalize();
    }
}
