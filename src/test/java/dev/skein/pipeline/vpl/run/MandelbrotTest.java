package dev.skein.pipeline.vpl.run;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Outcome;
import dev.skein.pipeline.vpl.sink.SinkTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class MandelbrotTest {
    private static final int SIZE = 1000;
    private static final int TILE = 250;

    private final ConcurrentLinkedQueue<SinkTarget> opened = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Event> sent = new ConcurrentLinkedQueue<>();
    private final int[] pixels = new int[SIZE * SIZE];

    @Test
    void all_sixteen_tiles_match_the_oracle() throws Exception {
        long sum = 0;
        long inside = 0;
        for (int row = 0; row < 4; row++) {
            var outcomes = compute(row);
            for (int column = 0; column < 4; column++) {
                var tile = check(outcomes.get(column), row, column);
                sum += tile[0];
                inside += tile[1];
            }
        }

        assertThat(sum).isEqualTo(47_554_279);
        assertThat(inside).isEqualTo(169_267);
        assertThat(pixels).doesNotContain(0);
        assertThat(List.of(pixel(0, 0), pixel(750, 250), pixel(999, 999), pixel(500, 500), pixel(166, 500)))
                .containsExactly(1, 5, 2, 256, 256);
    }

    private List<Outcome> compute(int row) throws Exception {
        try (var pipeline = TestPipeline.with(this::open, 4, Mandelbrot.row(row))) {
            var answers = new ArrayList<java.util.concurrent.CompletableFuture<Outcome>>();
            for (int column = 0; column < 4; column++) {
                answers.add(pipeline.submit(TestPipeline.event("ComputeTile" + row + column + "{}")));
            }
            var outcomes = new ArrayList<Outcome>();
            for (var answer : answers) {
                outcomes.add(answer.get(60, SECONDS));
            }
            return outcomes;
        }
    }

    private dev.skein.pipeline.vpl.sink.Sink open(SinkTarget target) {
        opened.add(target);
        return sent::add;
    }

    private long[] check(Outcome outcome, int row, int column) {
        assertThat(outcome.errors()).isEmpty();
        assertThat(outcome.outputs()).hasSize(TILE * TILE);
        long sum = 0;
        long inside = 0;
        for (var output : outcome.outputs()) {
            assertThat(output.type()).isEqualTo("Tile" + row + column);
            long iterations = (Long) output.get("iterations");
            pixels[at((Long) output.get("x"), (Long) output.get("y"))] = (int) iterations;
            sum += iterations;
            inside += Boolean.FALSE.equals(output.get("diverged")) ? 1 : 0;
        }
        assertThat(new long[] {sum, inside})
                .as("tile %d %d", row, column)
                .containsExactly(Mandelbrot.ITERATIONS[row][column], Mandelbrot.NOT_DIVERGED[row][column]);
        return new long[] {sum, inside};
    }

    private int pixel(int x, int y) {
        return pixels[at(x, y)];
    }

    private static int at(long x, long y) {
        return (int) (y * SIZE + x);
    }

    @Test
    void a_sink_behind_process_gets_the_events_as_they_were_emitted() throws Exception {
        compute(0);

        assertThat(opened).containsExactly(new SinkTarget("PixelOut", "cluster", Map.of("topic", "mandelbrot/pixels")));
        assertThat(sent).hasSize(4 * TILE * TILE).allMatch(event -> event.type().equals("Pixel"));
    }
}
