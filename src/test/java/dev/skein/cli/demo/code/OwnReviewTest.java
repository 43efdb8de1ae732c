package dev.skein.cli.demo.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.FakeHost;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.Target;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Terminal;
import dev.skein.kernel.SteadyClock;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnReviewTest {
    private static final String BEGUN = "{\"run\": {\"id\": \"r1\"}, \"found\": 2, \"created\": 2}";
    private static final String VIEW = """
            {"id": "r1", "state": "%s", "tasks": {"done": 2}, "lines": 900, "reviewed": %d,
             "findings": {"medium": 3, "low": 0, "info": 1}}""";

    private final FakeCluster http = new FakeCluster();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @AfterEach
    void stop() {
        http.close();
    }

    private OwnReview review(String state, int reviewed) {
        http.on("POST /api/v1/reviews", 201, BEGUN);
        http.on("GET /api/v1/reviews/r1", 200, VIEW.formatted(state, reviewed));
        var streams = new Terminal.Streams(InputStream.nullInputStream(), out, out);
        var shell = new Shell(new Terminal(streams, Terminal.Shape.NONE), new FakeHost());
        var target = new Target(URI.create(http.endpoint()), "the test", null, null, false);
        return new OwnReview(Api.at(target, shell, Duration.ofSeconds(30)), shell, SteadyClock.system());
    }

    @Test
    void how_much_was_reviewed_and_what_was_found_is_told() {
        review("done", 900).run(Path.of("").toAbsolutePath());

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("review      900 of 900 lines in 2 tasks by PMD after")
                .contains("3 medium, 1 info");
    }

    @Test
    void lines_that_were_not_reviewed_are_a_failure() {
        assertThatThrownBy(() -> review("incomplete", 800).run(Path.of("").toAbsolutePath()))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.exit().number).isEqualTo(8));
    }

    @Test
    void without_sources_nothing_is_reviewed(@TempDir Path elsewhere) {
        review("done", 900).run(elsewhere);

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("nothing is reviewed");
    }
}
