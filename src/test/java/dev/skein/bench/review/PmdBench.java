package dev.skein.bench.review;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.bench.report.Workload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lines a second over the sources of guava and spring-core, from the start of the processes to their end: the engine
 * in one process and in two, beside PMD's own command line with the same rules.
 */
public final class PmdBench implements Workload {
    private static final int ROUNDS = 1; // of about a minute for each row;
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin/java").toString();

    @Override
    public List<Row> measure() throws Exception {
        var root = unpacked();
        long lines = 0;
        for (var file : PmdProcess.files(root)) {
            lines += Files.readString(file).lines().count();
        }
        var cli = new ArrayList<Double>();
        var threads = new ArrayList<Double>();
        var one = new ArrayList<Double>();
        var two = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            cli.add(lines / seconds(List.of(cli(root, 1)), 4));
            threads.add(lines / seconds(List.of(cli(root, 2)), 4));
            one.add(lines / seconds(List.of(engine(root, 0, 1)), 0));
            two.add(lines / seconds(List.of(engine(root, 0, 2), engine(root, 1, 2)), 0));
        }
        return List.of(
                Row.of("PMD's command line, one thread", new Samples(cli), "lines/s"),
                Row.of("PMD's command line, two threads", new Samples(threads), "lines/s"),
                Row.of("engine, one process, one call at a time", new Samples(one), "lines/s"),
                Row.of("engine, two processes", new Samples(two), "lines/s"),
                Row.of("two processes over the command line with one thread", ratio(two, cli), "")
                        .atLeast(1.6),
                Row.of("two processes over the command line with two threads", ratio(two, threads), ""));
    }

    private static Samples ratio(List<Double> ours, List<Double> theirs) {
        return new Samples(ours).over(new Samples(theirs));
    }

    static ProcessBuilder cli(Path root, int threads) {
        return java(
                "net.sourceforge.pmd.cli.PmdCli",
                "check",
                "--no-cache",
                "--no-progress",
                "--no-fail-on-error",
                "-t",
                String.valueOf(threads),
                "-R",
                "rulesets/java/quickstart.xml",
                "-d",
                root.toString(),
                "-r",
                "target/pmd-cli.txt");
    }

    private static ProcessBuilder engine(Path root, int which, int of) {
        return java(PmdProcess.class.getName(), root.toString(), String.valueOf(which), String.valueOf(of));
    }

    private static ProcessBuilder java(String... arguments) {
        var command = Stream.concat(
                Stream.of(JAVA, "-Xmx512m", "-cp", System.getProperty("java.class.path")), Stream.of(arguments));
        return new ProcessBuilder(command.toList());
    }

    /** How long these take together; they end with 0, or with the other code when they found something. */
    static double seconds(List<ProcessBuilder> commands, int other) throws Exception {
        long start = System.nanoTime();
        var running = new ArrayList<Process>();
        for (var command : commands) {
            running.add(command.redirectErrorStream(true)
                    .redirectOutput(Path.of("target/pmd-bench.log").toFile())
                    .start());
        }
        for (var process : running) {
            int code = process.waitFor();
            if (code != 0 && code != other) {
                throw new IllegalStateException("a process ended with " + code + ", see target/pmd-bench.log");
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.err.printf("%.1f s for %d process(es)%n", seconds, commands.size());
        return seconds;
    }

    static Path unpacked() throws IOException {
        var root = Path.of("target/pmd-corpus");
        for (var jar : System.getProperty("java.class.path").split(":")) {
            if (jar.matches(".*/(guava|spring-core)-[^/]*-sources\\.jar")) {
                unpack(Path.of(jar), root.resolve(Path.of(jar).getFileName().toString()));
            }
        }
        return root;
    }

    private static void unpack(Path jar, Path to) throws IOException {
        try (var zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
                var entries = Files.walk(zip.getPath("/"))) {
            for (var entry :
                    entries.filter(path -> path.toString().endsWith(".java")).toList()) {
                var target = to.resolve(entry.toString().substring(1));
                Files.createDirectories(target.getParent());
                Files.writeString(target, Files.readString(entry));
            }
        }
    }
}
