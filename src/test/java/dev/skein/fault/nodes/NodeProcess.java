package dev.skein.fault.nodes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One process of the built jar with its output in a file. Closing it kills it and waits. */
public final class NodeProcess implements AutoCloseable {
    public static final Path JAR = Path.of("target/skein.jar").toAbsolutePath();
    public static final List<String> SMALL = List.of("-Xmx160m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final int TAIL_LINES = 40;

    /**
     * Where a process runs.
     *
     * @param before what its command line begins with, such as a program that brings it to another network
     */
    public record Place(List<String> before, Path folder) {}

    private final String name;
    private final Process process;
    private final Path log;

    private NodeProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts {@code java -jar skein.jar} with a small heap in the folder, which also gets the log. */
    public static NodeProcess start(String name, Path folder, String... arguments) {
        return start(name, folder, SMALL, arguments);
    }

    public static NodeProcess start(String name, Path folder, List<String> jvmFlags, String... arguments) {
        return start(new Place(List.of(), folder), name, jvmFlags, arguments);
    }

    public static NodeProcess start(Place place, String name, List<String> jvmFlags, String... arguments) {
        var program = new ArrayList<>(NodeArchive.flags());
        program.addAll(jvmFlags);
        program.addAll(List.of("-jar", JAR.toString()));
        program.addAll(List.of(arguments));
        return launch(place.before, name, place.folder, program);
    }

    /** Starts another main class of this JVM's class path, with this JVM's flags and then those that are given. */
    public static NodeProcess startClass(Class<?> main, Path folder, List<String> jvmFlags, String... arguments) {
        return startClass(new Place(List.of(), folder), main, jvmFlags, arguments);
    }

    public static NodeProcess startClass(Place place, Class<?> main, List<String> jvmFlags, String... arguments) {
        var program = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        program.addAll(jvmFlags);
        program.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        program.addAll(List.of(arguments));
        return launch(place.before, main.getSimpleName(), place.folder, program);
    }

    /** Starts {@code java} with these arguments. */
    public static NodeProcess startJava(String name, Path folder, List<String> program) {
        return launch(List.of(), name, folder, program);
    }

    private static NodeProcess launch(List<String> before, String name, Path folder, List<String> program) {
        var command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program);
        try {
            Files.createDirectories(folder);
            var log = folder.resolve(name + ".log");
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeIf(key -> key.startsWith("SKEIN_") || key.startsWith("VARPULIS_"));
            return new NodeProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Processor time it has used since its start. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        signal("KILL");
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** Sends a signal by name, such as {@code STOP}, {@code CONT} or {@code TERM}. */
    public void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for its end. */
    public int exitCode(Duration longest) throws InterruptedException {
        if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(name + " did not end within " + longest + tail());
        }
        return process.exitValue();
    }

    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines it printed, for a failure's message. */
    public String tail() {
        var lines = output().lines().toList();
        return "\n--- " + name + " ---\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
