package dev.skein.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The group that computes the picture, and what is known about its result. */
final class Mandelbrot {
    /** Pixels along each side of the picture. */
    static final int SIDE = 1_000;
    /** Tiles along each side. */
    static final int TILES = 4;
    /** Pixels along each side of a tile. */
    static final int TILE = SIDE / TILES;
    /** Iterations after which a point is taken for one that never leaves. */
    static final int LIMIT = 256;

    private static final String PROGRAM = "/demo/mandelbrot-row0.vpl";

    /** Sum of iterations of each tile, computed independently; row by row. */
    private static final long[][] SUMS = {
        {106_637, 179_565, 776_801, 142_076},
        {472_251, 6_243_007, 13_813_823, 1_947_037},
        {535_637, 6_306_013, 13_858_054, 1_947_916},
        {106_977, 180_059, 796_070, 142_356}
    };
    /** How many points of each tile never leave. */
    private static final int[][] INSIDE = {
        {0, 0, 1_780, 0}, {695, 22_392, 53_077, 6_314}, {945, 22_642, 53_258, 6_315}, {0, 0, 1_849, 0}
    };

    private Mandelbrot() {}

    /** What a set of pixels adds up to. */
    record Figures(int pixels, long iterations, int inside) {
        static final Figures NONE = new Figures(0, 0, 0);

        Figures plus(Figures other) {
            return new Figures(pixels + other.pixels, iterations + other.iterations, inside + other.inside);
        }
    }

    static Figures expected(int row, int column) {
        return new Figures(TILE * TILE, SUMS[row][column], INSIDE[row][column]);
    }

    static Figures expected() {
        var all = Figures.NONE;
        for (int row = 0; row < TILES; row++) {
            for (int column = 0; column < TILES; column++) {
                all = all.plus(expected(row, column));
            }
        }
        return all;
    }

    /**
     * The group with one pipeline a row.
     *
     * @param workers on whose ids the rows are placed, in turn
     */
    static ObjectNode group(String name, List<String> workers) {
        var group = new ObjectMapper().createObjectNode().put("name", name);
        var pipelines = group.putArray("pipelines");
        var routes = group.putArray("routes");
        for (int row = 0; row < TILES; row++) {
            pipelines
                    .addObject()
                    .put("name", "row" + row)
                    .put("source", program(row))
                    .put("worker_affinity", workers.get(row % workers.size()));
            routes.addObject()
                    .put("from_pipeline", "_external")
                    .put("to_pipeline", "row" + row)
                    .putArray("event_types")
                    .add("ComputeTile" + row + "*");
        }
        return group;
    }

    /** The types of the events that ask for one tile each; the dear ones of the middle first. */
    static List<String> requests() {
        var types = new ArrayList<String>();
        for (int row : new int[] {1, 2, 0, 3}) {
            for (int column : new int[] {2, 1, 3, 0}) {
                types.add("ComputeTile" + row + column);
            }
        }
        return types;
    }

    static String program(int row) {
        return resource()
                .replace("t0{", "t" + row + "{")
                .replace("Tile0{", "Tile" + row + "{")
                .replace("0 * 250", row + " * 250");
    }

    private static String resource() {
        try (var text = Mandelbrot.class.getResourceAsStream(PROGRAM)) {
            if (text == null) {
                throw new IllegalStateException("the jar lacks " + PROGRAM);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
