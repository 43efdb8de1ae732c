package dev.skein.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.demo.code.OwnReview;
import dev.skein.cli.demo.code.OwnSources;
import dev.skein.cli.demo.work.Workload;
import dev.skein.cli.terminal.Bar;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the demo does with its cluster, by the public API. */
final class Cluster {
    private static final Duration READY_MAX = Duration.ofSeconds(90);
    private static final Duration RUN_MAX = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int TRIES_MAX = 5;
    private static final String GROUPS = "/pipeline-groups";

    private final Nodes nodes;
    private final Shell shell;
    private final InstantSource clock;
    private final Api api;

    Cluster(Nodes nodes, Shell shell, InstantSource clock) {
        this.nodes = nodes;
        this.shell = shell;
        this.clock = clock;
        this.api = Api.at(nodes.target(), shell, RUN_MAX);
    }

    /** A finished run over all tiles. */
    record Measured(Picture picture, Duration time) {
        long pixelsPerSecond() {
            return picture.count() * 1_000L / Math.max(1, time.toMillis());
        }
    }

    /** Waits until the coordinator serves and every worker may take pipelines. */
    void awaitReady() {
        var deadline = clock.instant().plus(READY_MAX);
        while (!isReady()) {
            var ended = nodes.awaitEnd(PAUSE);
            if (ended != null) {
                throw Failure.of(ExitCode.FAILED, "a node of the demo ended").because(ended);
            }
            if (clock.instant().isAfter(deadline)) {
                throw Failure.of(ExitCode.TIMED_OUT, "the cluster was not ready within " + READY_MAX.toSeconds() + " s")
                        .because(nodes.tails());
            }
        }
    }

    private boolean isReady() {
        try {
            api.get("//ready");
            var ready = api.all("/workers", "workers").stream()
                    .filter(worker -> worker.path("status").asText().equals("ready"));
            return ready.count() >= nodes.workers().size();
        } catch (Failure notYet) {
            return false; // also when somebody else took the port in between: our coordinator then ends with a reason
        }
    }

    /** The jobs that are done after the picture. */
    Workload workload() {
        return new Workload(api, shell, clock);
    }

    /** The project's own sources in its index. */
    OwnSources ownSources() {
        return new OwnSources(api, shell, clock);
    }

    /** A part of them, reviewed. */
    OwnReview ownReview() {
        return new OwnReview(api, shell, clock);
    }

    /** Deploys the group on some workers and answers its id; a placement that failed is a failure. */
    String deploy(String name, List<String> workers) {
        var group = api.post(GROUPS, Mandelbrot.group(name, workers));
        var faults = new ArrayList<String>();
        for (var placement : group.path("placements")) {
            if (!placement.path("status").asText().equals("Running")) {
                faults.add(placement.path("pipeline_name").asText() + ": "
                        + placement.path("error").asText("not running"));
            }
        }
        if (!faults.isEmpty()) {
            throw Failure.of(ExitCode.UNSUCCESSFUL, "the group " + name + " does not run")
                    .because(String.join("\n", faults));
        }
        return group.path("id").asText();
    }

    void delete(String group) {
        api.delete(GROUPS + "/" + Api.part(group));
    }

    /**
     * Asks for all tiles and collects their pixels.
     *
     * @param atOnce how many tiles may be in work
     */
    Measured run(String group, String label, int atOnce) {
        var picture = new Picture();
        var bar = new Bar(shell.terminal(), clock, label, Mandelbrot.SIDE * Mandelbrot.SIDE);
        var requests = Mandelbrot.requests();
        var threads = Executors.newFixedThreadPool(atOnce, task -> {
            var thread = new Thread(task, "tile");
            thread.setDaemon(true);
            return thread;
        });
        var began = clock.instant();
        try {
            var tiles = new ArrayList<Future<?>>();
            requests.forEach(type -> tiles.add(threads.submit(() -> tile(group, type, picture))));
            for (var tile : tiles) {
                await(tile, picture, bar);
            }
        } finally {
            threads.shutdownNow();
            bar.end();
        }
        return new Measured(picture, Duration.between(began, clock.instant()));
    }

    /**
     * Asks again when no answer came in time, as happens on a machine that is busy with other things: a pixel that
     * comes twice is counted once, and the time goes on.
     */
    private void tile(String group, String type, Picture picture) {
        for (int left = TRIES_MAX - 1; left >= 0; left--) {
            try {
                tryTile(group, type, picture);
                return;
            } catch (Failure failure) {
                boolean mayPass = failure.exit() == ExitCode.TIMED_OUT || failure.exit() == ExitCode.UNAVAILABLE;
                if (!mayPass || left == 0) {
                    throw failure;
                }
                shell.terminal().say("%s again: %s".formatted(type, failure.what()));
            }
        }
    }

    private void tryTile(String group, String type, Picture picture) {
        var event = new ObjectMapper().createObjectNode().put("event_type", type);
        event.putObject("fields");
        try {
            var answer = api.stream(GROUPS + "/" + Api.part(group) + "/inject", event);
            var errors = new PixelReader(picture).read(answer);
            if (!errors.isEmpty()) {
                throw Failure.of(ExitCode.UNSUCCESSFUL, type + " was computed with errors")
                        .because(String.join("\n", errors));
            }
        } catch (IOException e) {
            throw Failure.of(ExitCode.UNAVAILABLE, "the answer to " + type + " broke off")
                    .because(e.getMessage());
        }
    }

    private static void await(Future<?> tile, Picture picture, Bar bar) {
        while (true) {
            bar.at(picture.count());
            try {
                tile.get(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                continue;
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Failure failure ? failure : new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.of(ExitCode.INTERRUPTED, "interrupted");
            }
        }
    }

    /** 1000000 as {@code 1 000 000}. */
    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }
}
