package dev.skein.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user of this machine.
 *
 * @param group the user's own, which often has another name
 */
public record User(String name, int id, int group) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");
    private static final long ANSWER_SECONDS = 10;
    private static final Path SELF = Path.of("/proc/self");

    /**
     * As whom commands are to run.
     *
     * @param name null or empty for whoever this process is
     * @return null for whoever this process is, which it always is unless it is root
     * @throws IOException when there is no such user
     */
    public static @Nullable User named(@Nullable String name) throws IOException {
        if (name == null || name.isEmpty() || !isRoot()) {
            return null;
        }
        if (!NAME.matcher(name).matches()) {
            throw new IOException("this is no name of a user: " + name);
        }
        return new User(name, number("-u", name), number("-g", name));
    }

    /** Whether this process may do everything. */
    static boolean isRoot() throws IOException {
        return Files.exists(SELF) && Integer.valueOf(0).equals(Files.getAttribute(SELF, "unix:uid"));
    }

    private static int number(String what, String name) throws IOException {
        var asked = new ProcessBuilder(List.of("id", what, name))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var answer = asked.inputReader()) {
            var line = answer.readLine();
            if (!asked.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS) || asked.exitValue() != 0 || line == null) {
                throw new IOException("there is no user " + name);
            }
            return Integer.parseInt(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking for user " + name, e);
        } finally {
            asked.destroyForcibly();
        }
    }

    /** Makes a file or folder this user's. */
    public void take(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", id);
        Files.setAttribute(path, "unix:gid", group);
    }
}
