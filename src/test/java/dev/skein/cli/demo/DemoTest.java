package dev.skein.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.FakeHost;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Target;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Terminal;
import dev.skein.kernel.SteadyClock;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void the_picture_is_computed_checked_and_drawn(@TempDir Path folder) throws Exception {
        try (var cluster = new FakeDemoCluster(UnaryOperator.identity())) {
            var demo = demo(cluster);
            demo.awaitReady();
            demo.compute(folder.resolve("mandelbrot.png"));

            assertThat(text())
                    .contains("pixels      1000000 of 1000000\n")
                    .contains("verified    sum of iterations 47554279 = 47554279, not diverged 169267 = 169267")
                    .containsPattern("speed       [0-9 ]+ pixels/s with 1 worker, [0-9 ]+ pixels/s with 2, on");
            var image = ImageIO.read(new File(folder.toFile(), "mandelbrot.png"));
            assertThat(image.getWidth()).isEqualTo(1_000);
            assertThat(image.getRGB(500, 500) & 0xffffff).isZero();
            assertThat(image.getRGB(0, 0) & 0xffffff).isNotZero();

            var deployed = new ObjectMapper()
                    .readTree(
                            cluster.http.last("POST " + FakeDemoCluster.GROUPS).body());
            assertThat(deployed.path("name").asText()).isEqualTo("mandelbrot-distributed");
            assertThat(deployed.path("pipelines").findValuesAsText("worker_affinity"))
                    .containsExactly("worker-0", "worker-1", "worker-0", "worker-1");
        }
    }

    @Test
    void one_wrong_pixel_is_found_and_its_tile_named(@TempDir Path folder) {
        UnaryOperator<String> spoil = answer -> answer.replace(
                "{\"x\":500,\"y\":500,\"iterations\":256,\"diverged\":false}",
                "{\"x\":500,\"y\":500,\"iterations\":255,\"diverged\":true}");
        try (var cluster = new FakeDemoCluster(spoil)) {
            assertThatThrownBy(() -> demo(cluster).compute(folder.resolve("m.png")))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        assertThat(failure.exit().number).isEqualTo(8);
                        assertThat(failure.why()).startsWith("tile 2,2:").doesNotContain("\n");
                    });
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void a_lost_pixel_is_found(@TempDir Path folder) {
        UnaryOperator<String> spoil =
                answer -> answer.replace("{\"x\":0,\"y\":0,\"iterations\":1,\"diverged\":true}", "{}");
        try (var cluster = new FakeDemoCluster(spoil)) {
            assertThatThrownBy(() -> demo(cluster).compute(folder.resolve("m.png")))
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.why()).contains("tile 0,0: Figures[pixels=62499"));
        }
    }

    @Test
    void a_tile_without_an_answer_in_time_is_asked_for_again(@TempDir Path folder) {
        try (var cluster = new FakeDemoCluster(UnaryOperator.identity())) {
            cluster.failFirst(2);

            demo(cluster).compute(folder.resolve("m.png"));

            assertThat(text()).contains("pixels      1000000 of 1000000\n");
        }
    }

    @Test
    void a_repeated_pixel_is_harmless_and_a_contradicting_one_is_not() {
        var picture = new Picture();
        picture.add(new Picture.Pixel(3, 4, 7, true));
        picture.add(new Picture.Pixel(3, 4, 7, true));
        assertThat(picture.count()).isEqualTo(1);
        assertThat(picture.faults()).noneMatch(fault -> fault.contains("two values"));

        picture.add(new Picture.Pixel(3, 4, 8, true));
        picture.add(new Picture.Pixel(1_000, 0, 8, true));
        assertThat(picture.faults()).anyMatch(fault -> fault.startsWith("2 pixels came with"));
    }

    @Test
    void the_tiles_add_up_to_the_two_figures_of_the_whole() {
        assertThat(Mandelbrot.expected()).isEqualTo(new Mandelbrot.Figures(1_000_000, 47_554_279, 169_267));
    }

    @Test
    void each_row_has_its_own_program() {
        assertThat(Mandelbrot.program(2))
                .contains("context t2{c}")
                .contains("stream Tile2{c} = ComputeTile2{c}")
                .contains(".context(t2{c})")
                .contains("tile({c} * 250, 2 * 250, 250, 256)");
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private Demo demo(FakeDemoCluster cluster) {
        var streams = new Terminal.Streams(InputStream.nullInputStream(), out, new ByteArrayOutputStream());
        var shell = new Shell(new Terminal(streams, Terminal.Shape.NONE), new FakeHost());
        return new Demo(new Here(cluster), shell, SteadyClock.system());
    }

    /** Nodes that never end. */
    private record Here(FakeDemoCluster cluster) implements Nodes {
        @Override
        public Target target() {
            return new Target(URI.create(cluster.http.endpoint()), "the test", null, null, false);
        }

        @Override
        public List<String> workers() {
            return List.of("worker-0", "worker-1");
        }

        @Override
        public @Nullable String awaitEnd(Duration longest) {
            return null;
        }

        @Override
        public String tails() {
            return "";
        }

        @Override
        public void close() {
            cluster.close();
        }
    }
}
