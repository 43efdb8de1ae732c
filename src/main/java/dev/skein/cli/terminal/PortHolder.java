package dev.skein.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds out which process listens on a port, as far as this user may see. */
public final class PortHolder {
    private static final String LISTEN = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortHolder() {}

    /** Its number and command, such as {@code process 4711 (java -jar skein.jar …)}; empty when it cannot be seen. */
    public static Optional<String> of(int port) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .flatMap(file -> inodes(Path.of(file), port))
                .findFirst()
                .flatMap(PortHolder::process);
    }

    private static Stream<String> inodes(Path table, int port) {
        var suffix = String.format(Locale.ROOT, ":%04X", port);
        try {
            return Files.readAllLines(table).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(cells -> cells.length > INODE)
                    .filter(cells -> cells[ADDRESS].endsWith(suffix) && cells[STATE].equals(LISTEN))
                    .map(cells -> cells[INODE]);
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Optional<String> process(String inode) {
        return ProcessHandle.allProcesses()
                .filter(process -> holds(process.pid(), "socket:[" + inode + "]"))
                .findFirst()
                .map(process -> "process " + process.pid() + " ("
                        + process.info()
                                .commandLine()
                                .map(PortHolder::shortened)
                                .orElse("unknown") + ")");
    }

    private static boolean holds(long pid, String socket) {
        try (var descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors.anyMatch(descriptor -> leadsTo(descriptor, socket));
        } catch (IOException | RuntimeException e) {
            return false; // gone, or another user's
        }
    }

    private static boolean leadsTo(Path descriptor, String socket) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(socket);
        } catch (IOException e) {
            return false;
        }
    }

    private static String shortened(String command) {
        return command.length() <= 60 ? command : command.substring(0, 59) + "…";
    }
}
