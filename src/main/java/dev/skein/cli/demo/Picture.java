package dev.skein.cli.demo;

import static dev.skein.cli.demo.Mandelbrot.LIMIT;
import static dev.skein.cli.demo.Mandelbrot.SIDE;
import static dev.skein.cli.demo.Mandelbrot.TILE;
import static dev.skein.cli.demo.Mandelbrot.TILES;

import dev.skein.cli.demo.Mandelbrot.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Pixels as they come in, each counted once by its place. Thread-safe. */
final class Picture {
    private static final int UNSET = 0; // every pixel has at least one iteration

    private final AtomicIntegerArray iterations = new AtomicIntegerArray(SIDE * SIDE);
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger wrong = new AtomicInteger();

    /** One pixel. */
    record Pixel(int x, int y, int iterations, boolean diverged) {}

    /** Takes a pixel; the same one again is harmless, another value at its place or a place outside is an error. */
    void add(Pixel pixel) {
        boolean isInside = pixel.x >= 0 && pixel.x < SIDE && pixel.y >= 0 && pixel.y < SIDE;
        boolean isPossible =
                pixel.iterations > 0 && pixel.iterations <= LIMIT && pixel.diverged == pixel.iterations < LIMIT;
        if (!isInside || !isPossible) {
            wrong.incrementAndGet();
            return;
        }
        int before = iterations.compareAndExchange(pixel.y * SIDE + pixel.x, UNSET, pixel.iterations);
        if (before == UNSET) {
            count.incrementAndGet();
        } else if (before != pixel.iterations) {
            wrong.incrementAndGet();
        }
    }

    /** How many places have a pixel. */
    int count() {
        return count.get();
    }

    /** Iterations at a place; 0 when it has no pixel. */
    int at(int x, int y) {
        return iterations.get(y * SIDE + x);
    }

    Figures figures() {
        var all = Figures.NONE;
        for (int row = 0; row < TILES; row++) {
            for (int column = 0; column < TILES; column++) {
                all = all.plus(figures(row, column));
            }
        }
        return all;
    }

    private Figures figures(int row, int column) {
        int pixels = 0;
        long sum = 0;
        int inside = 0;
        for (int place = 0; place < TILE * TILE; place++) {
            int value = at(column * TILE + place % TILE, row * TILE + place / TILE);
            pixels += value == UNSET ? 0 : 1;
            sum += value;
            inside += value == LIMIT ? 1 : 0;
        }
        return new Figures(pixels, sum, inside);
    }

    /** What is not as it must be, one sentence each; empty when every number is right. */
    List<String> faults() {
        var faults = new ArrayList<String>();
        if (wrong.get() > 0) {
            faults.add(wrong + " pixels came with an impossible place or with two values");
        }
        for (int row = 0; row < TILES; row++) {
            for (int column = 0; column < TILES; column++) {
                var found = figures(row, column);
                var expected = Mandelbrot.expected(row, column);
                if (!found.equals(expected)) {
                    faults.add("tile %d,%d: %s in place of %s".formatted(row, column, found, expected));
                }
            }
        }
        return faults;
    }
}
