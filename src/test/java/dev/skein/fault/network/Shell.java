package dev.skein.fault.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Runs short programs of the machine. */
final class Shell {
    private static final long SECONDS_MAX = 20;

    private Shell() {}

    /** Runs words separated by blanks; fails with what the program said. */
    static void run(String command) {
        var fault = fault(command);
        if (!fault.isEmpty()) {
            throw new IllegalStateException(command + ": " + fault);
        }
    }

    /** Why the command does not work here; empty when it did. */
    static String fault(String command) {
        try {
            var process = new ProcessBuilder(command.split(" "))
                    .redirectErrorStream(true)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "did not end in time";
            }
            return process.exitValue() == 0 ? "" : "exit " + process.exitValue() + " " + said;
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
