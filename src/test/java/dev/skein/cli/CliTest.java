package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliTest {
    @ParameterizedTest
    @CsvSource({
        "wroker list, skein worker list",
        "worker lits, skein worker list",
        "worker list --limt 3, skein worker list --limit 3",
        "worker list --limt=3, skein worker list --limit=3",
        "hlep, skein help"
    })
    void the_nearest_valid_word_is_offered_and_nothing_runs(String words, String offered) {
        var run = Run.of(words.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("try  " + offered + "\n");
    }

    @ParameterizedTest
    @CsvSource({"worker", "group", "workers", "pipelines", "node", "config"})
    void a_noun_alone_prints_its_verbs(String noun) {
        var run = Run.of(noun);

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("Commands:");
    }

    @ParameterizedTest
    @CsvSource({"group deploy, --file", "worker get, WORKER", "worker list --limit x, --limit", "worker list -o xml, -o"
    })
    void a_command_that_lacks_something_says_what(String words, String named) {
        var run = Run.of(words.split(" "));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: ").contains(named).contains("  try  skein ");
    }

    @Test
    void with_json_an_error_of_the_client_is_an_object_too() {
        assertThat(Run.of("worker", "list", "-o", "json", "--limt", "3").err())
                .isEqualTo("{\"error\":\"skein worker list has no flag --limt\",\"code\":\"usage\",\"why\":null,"
                        + "\"try\":\"skein worker list -o json --limit 3\"}\n");
    }

    @Test
    void a_flag_that_is_called_as_a_command_is_told_of_the_command() {
        assertThat(Run.of("review", "status", "--ledger", "git").err())
                .isEqualTo("error: skein review status has no flag --ledger\n  try  skein review ledger -h\n");
    }

    @Test
    void a_reader_that_went_away_ends_the_command_in_silence() {
        var err = new ByteArrayOutputStream();
        try (var cluster = new FakeCluster()) {
            int exit = Cli.run(
                    new String[] {"worker", "list", "--endpoint", cluster.endpoint()},
                    new Shell(terminal(new Refusing("Broken pipe"), err), new FakeHost()));

            assertThat(exit).isEqualTo(141);
            assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        }
    }

    @Test
    void a_full_disk_is_a_failure() {
        var err = new ByteArrayOutputStream();

        int exit = Cli.run(
                new String[] {"help", "exit-codes"},
                new Shell(terminal(new Refusing("No space left on device"), err), new FakeHost()));

        assertThat(exit).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("No space left on device");
    }

    @Test
    void output_stays_whole_when_errors_cannot_be_written() {
        var out = new ByteArrayOutputStream();
        try (var cluster = new FakeCluster()) {
            var terminal = new Terminal(
                    new Terminal.Streams(InputStream.nullInputStream(), out, new Refusing("Bad file descriptor")),
                    Terminal.Shape.NONE);
            int exit = Cli.run(
                    new String[] {"worker", "list", "-o", "name", "--limit=1", "--endpoint", cluster.endpoint()},
                    new Shell(terminal, new FakeHost()));

            assertThat(exit).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("worker-0\n");
        }
    }

    private static Terminal terminal(OutputStream out, OutputStream err) {
        return new Terminal(new Terminal.Streams(InputStream.nullInputStream(), out, err), Terminal.Shape.NONE);
    }

    /** A stream that nothing can be written to. */
    private static final class Refusing extends OutputStream {
        private final String reason;

        private Refusing(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int one) throws IOException {
            throw new IOException(reason);
        }
    }
}
