package dev.skein.cli.demo;

import dev.skein.cli.Shell;
import dev.skein.cli.demo.Cluster.Measured;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Computes the picture on one worker and on all, checks every number, and says how fast it was. */
final class Demo {
    static final String GROUP = "mandelbrot-distributed";
    private static final int ALL = Mandelbrot.TILES * Mandelbrot.TILES;
    private static final int WARM_UP = Mandelbrot.TILES; // cold code is slow, and every answer has its deadline
    private static final String ON_ONE = "mandelbrot-on-one";

    private final Nodes nodes;
    private final Shell shell;
    private final Cluster cluster;

    Demo(Nodes nodes, Shell shell, InstantSource clock) {
        this.nodes = nodes;
        this.shell = shell;
        this.cluster = new Cluster(nodes, shell, clock);
    }

    void awaitReady() {
        cluster.awaitReady();
    }

    /**
     * Runs everything and leaves the group on all workers deployed.
     *
     * @throws Failure when a number is not as it must be
     */
    void compute(Path picture) {
        var first = nodes.workers().subList(0, 1);
        var alone = measured(ON_ONE, first, label(1));
        cluster.delete(alone.group);
        var together = measured(GROUP, nodes.workers(), label(nodes.workers().size()));
        requireRight(alone.run.picture());
        requireRight(together.run.picture());
        report(alone.run, together.run);
        try {
            Png.write(together.run.picture(), picture);
            shell.terminal().printLine("picture     " + Layout.shown(picture));
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, "the picture cannot be written").because(e.getMessage());
        }
    }

    /**
     * Has one job of each kind done.
     *
     * @throws Failure when one does not end as it must
     */
    void work() {
        cluster.workload().run();
    }

    /**
     * Has the sources of a clone indexed.
     *
     * @throws Failure when a declaration of theirs is not found
     */
    void index(Path sources) {
        cluster.ownSources().run(sources);
    }

    /**
     * Has a part of the sources of a clone reviewed.
     *
     * @throws Failure when lines were not reviewed
     */
    void review(Path sources) {
        cluster.ownReview().run(sources);
    }

    private record Placed(String group, Measured run) {}

    /** The first run warms up; the second counts. */
    private Placed measured(String name, List<String> workers, String label) {
        var group = cluster.deploy(name, workers);
        requireRight(cluster.run(group, label + "  warm-up", WARM_UP).picture());
        return new Placed(group, cluster.run(group, label, ALL));
    }

    private static String label(int workers) {
        return "mandelbrot  %s pixels  %s"
                .formatted(Cluster.grouped((long) Mandelbrot.SIDE * Mandelbrot.SIDE), workers(workers));
    }

    private static String workers(int count) {
        return count == 1 ? "1 worker" : count + " workers";
    }

    private static void requireRight(Picture picture) {
        var faults = picture.faults();
        if (!faults.isEmpty()) {
            throw Failure.of(ExitCode.UNSUCCESSFUL, "the picture is not as it must be")
                    .because(String.join("\n", faults));
        }
    }

    private void report(Measured alone, Measured together) {
        var found = together.picture().figures();
        var expected = Mandelbrot.expected();
        var terminal = shell.terminal();
        terminal.printLine("pixels      %d of %d".formatted(found.pixels(), expected.pixels()));
        terminal.printLine("verified    sum of iterations %d = %d, not diverged %d = %d, and every tile by itself"
                .formatted(found.iterations(), expected.iterations(), found.inside(), expected.inside()));
        terminal.printLine("speed       %s pixels/s with 1 worker, %s pixels/s with %d, on %d cores, Java %s"
                .formatted(
                        Cluster.grouped(alone.pixelsPerSecond()),
                        Cluster.grouped(together.pixelsPerSecond()),
                        nodes.workers().size(),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version()));
    }
}
