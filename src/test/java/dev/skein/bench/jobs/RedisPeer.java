package dev.skein.bench.jobs;

import dev.skein.bench.report.Row;
import dev.skein.bench.report.Samples;
import dev.skein.fault.nodes.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** BullMQ on Redis doing the same jobs: a server, a worker and a producer, each a process of its own. */
final class RedisPeer {
    private static final String PACKAGES = "bullmq@6.7.0 ioredis@5";
    private static final long MINUTES_MAX = 4;

    private final Path folder;
    private final List<Process> running = new ArrayList<>();

    /** @param folder for packages and data */
    RedisPeer(Path folder) {
        this.folder = folder;
    }

    /** Rows for each way of writing to disk; none, and a printed reason, where something is missing. */
    List<Row> measure() throws Exception {
        var rows = new ArrayList<Row>();
        try {
            install();
            for (var sync : List.of("always", "everysec")) {
                rows.addAll(measure(sync));
            }
        } catch (IOException missing) {
            System.out.println("BullMQ is left out: " + missing.getMessage());
        }
        return rows;
    }

    private void install() throws IOException, InterruptedException {
        run("redis-server", "--version");
        var command = new ArrayList<>(List.of("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"));
        command.addAll(List.of(PACKAGES.split(" ")));
        run(command.toArray(String[]::new));
        try (var script = RedisPeer.class.getResourceAsStream("/bench/bullmq.mjs")) {
            Files.write(
                    folder.resolve("bullmq.mjs"), Objects.requireNonNull(script).readAllBytes());
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        var process = start(command);
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + text);
        }
        return text;
    }

    private Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private List<Row> measure(String sync) throws Exception {
        var data = Files.createDirectories(folder.resolve(sync));
        int port = Ports.free(1).get(0);
        try {
            background(
                    "Ready to accept",
                    "redis-server",
                    "--port",
                    "" + port,
                    "--bind",
                    "127.0.0.1",
                    "--dir",
                    data.toString(),
                    "--save",
                    "",
                    "--appendonly",
                    "yes",
                    "--appendfsync",
                    sync);
            background("ready", side("worker", port));
            return rows(sync, run(side("producer", port)));
        } finally {
            stop();
        }
    }

    private static String[] side(String name, int port) {
        return new String[] {
            "node",
            "bullmq.mjs",
            name,
            "" + port,
            "" + JobLoad.JOBS,
            "" + JobLoad.BATCH,
            "" + JobsBench.SLOTS,
            "" + JobLoad.RUNS
        };
    }

    /** Starts it, and waits for a line with that word. */
    private void background(String word, String... command) throws IOException {
        var process = start(command);
        running.add(process);
        var lines = process.inputReader(StandardCharsets.UTF_8);
        for (var line = lines.readLine(); line == null || !line.contains(word); line = lines.readLine()) {
            if (line == null) {
                throw new IOException(command[0] + " ended at once");
            }
        }
    }

    private void stop() throws InterruptedException {
        for (var process : running) {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
        running.clear();
    }

    private static List<Row> rows(String sync, String printed) {
        System.out.println("BullMQ, appendfsync " + sync + ":\n" + printed);
        var what = "BullMQ, appendfsync " + sync + ": ";
        return List.of(
                Row.of(what + "bulk, submitted to finished", samples("bulk ", printed), "jobs/s"),
                Row.of(what + "single, 64 clients", samples("single ", printed), "jobs/s"));
    }

    private static Samples samples(String word, String printed) {
        return new Samples(printed.lines()
                .filter(line -> line.startsWith(word))
                .map(line -> Double.parseDouble(line.substring(word.length())))
                .toList());
    }
}
