package dev.skein.review.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Proposal;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import dev.skein.review.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Secrets in here are put together from parts, so that no scanner takes this file for a leak. */
class TextChecksTest {
    private static final String RANDOM = "q7Rk2" + "Vx9LmP4sT8wYb3N";
    private static final String NOTE = "TO" + "DO";

    @Test
    void a_token_of_a_known_service_is_critical_and_not_repeated_in_the_message() {
        var token = "ghp_" + RANDOM + "c5Zd1Fg6HjKq0WeU";

        assertThat(found("App.java", "String t = \"" + token + "\";"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.rule()).isEqualTo("secret-token");
                    assertThat(one.severity()).isEqualTo(Severity.CRITICAL);
                    assertThat(one.message()).doesNotContain(token);
                    assertThat(one.region().startColumn()).isEqualTo(13);
                });
    }

    @Test
    void a_literal_given_to_a_secret_is_found_in_many_languages() {
        assertThat(Stream.of(
                                "db.password = \"%s\"",
                                "  \"api_key\": \"%s\",",
                                "const apiKey = '%s';",
                                "auth.token := `%s`",
                                "'client_secret' => '%s',")
                        .map(line -> line.formatted(RANDOM)))
                .allSatisfy(line -> assertThat(rules("a.txt", line)).containsExactly("secret-literal"));
        assertThat(rules("app.env", "DB_PASSWORD=" + RANDOM)).containsExactly("secret-literal");
    }

    @Test
    void what_stands_for_a_secret_is_not_one() {
        assertThat(List.of(
                        "password = \"changeme-1234abcd\"",
                        "password = \"${DB_PASSWORD_1}\"",
                        "token: \"<your-token-9f8a7b6c>\"",
                        "apiKey = \"example-9f8a7b6c5d4e\"",
                        "secret = \"aaaaaaaaaaaaaaaa\"",
                        "token = \"abcdefgh12345678\"",
                        "password-file: \"/run/secrets/db_9f8a7b6c\"",
                        "private static final String TOKEN = \"coordinator.api-key\";",
                        "url = \"postgres://user:password@localhost/db\"",
                        "curl https://user:${PASSWORD}@host.example/"))
                .allSatisfy(line -> assertThat(rules("a.conf", line)).isEmpty());
    }

    @Test
    void a_password_in_an_address_is_found() {
        assertThat(rules("a.java", "connect(\"postgres://skein:" + RANDOM + "@db/x\")"))
                .containsExactly("secret-in-address");
    }

    @Test
    void a_private_key_needs_a_body() {
        var header = "-----BEGIN " + "PRIVATE KEY-----";

        assertThat(rules("a.pem", header + "\n" + "MIIEvQIBADANBg".repeat(4) + "\n"))
                .containsExactly("secret-private-key");
        assertThat(rules("Pem.java", "if (line.equals(\"" + header + "\")) {\n    read();\n}\n"))
                .isEmpty();
    }

    @Test
    void a_conflict_counts_when_it_has_all_its_markers() {
        var open = "<".repeat(7) + " HEAD\n";
        var between = "=".repeat(7) + "\n";
        var close = ">".repeat(7) + " branch\n";

        assertThat(rules("a.py", "x\n" + open + "a\n" + between + "b\n" + close))
                .containsExactly("merge-conflict");
        assertThat(rules("a.rst", "Heading\n" + between + "text\n")).isEmpty();
    }

    @Test
    void notes_count_in_comments_only() {
        assertThat(rules("a.java", "int x; // " + NOTE + " remove\n")).containsExactly("todo-comment");
        assertThat(rules("a.py", "# see below, FIX" + "ME: wrong\n")).containsExactly("fixme-comment");
        assertThat(rules("a.java", "var word = \"" + NOTE + "\"; // finds the word\n"))
                .isEmpty();
        assertThat(rules("a.java", "// a list of " + NOTE + " notes is kept elsewhere\n"))
                .isEmpty();
    }

    @Test
    void the_form_of_lines_is_told_once_per_file() {
        assertThat(found("a.c", "a \nb \r\nc \n"))
                .extracting(Proposal::rule, Proposal::message)
                .containsExactly(
                        Assertions.tuple("trailing-blanks", "Blanks end this line and 2 more."),
                        Assertions.tuple("mixed-line-ends", "1 lines end with CR LF and 2 with LF."));
        assertThat(rules("a.md", "a  \n")).isEmpty();
        assertThat(rules("a.c", "x".repeat(501))).containsExactly("long-line");
        assertThat(rules("a.c", "x\n".repeat(3_001))).containsExactly("large-file");
    }

    @Test
    void debug_prints_and_hidden_characters_are_found() {
        assertThat(rules("a.js", "  console.log(x)\n")).containsExactly("debug-print");
        assertThat(rules("A.java", "} catch (IOException e) { e.printStack" + "Trace(); }\n"))
                .containsExactly("debug-print");
        assertThat(rules("a.c", "if (admin\u202E) {\n")).containsExactly("bidirectional-control");
    }

    @Test
    void hostile_lines_take_no_longer_than_others() {
        var lines = List.of(
                "password".repeat(200_000),
                "://a:".repeat(200_000),
                "sk-".repeat(300_000),
                "token = \"".repeat(100_000),
                "xoxb-".repeat(200_000) + "=",
                "/".repeat(1_000_000));

        Assertions.assertThatNoException()
                .isThrownBy(() -> org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(60), () -> lines.forEach(line -> found("a.yaml", line))));
    }

    @Test
    void every_finding_belongs_to_a_rule_with_help() {
        assertThat(TextChecks.rules())
                .hasSizeGreaterThan(8)
                .allSatisfy(rule -> assertThat(rule.help()).isNotBlank());
        assertThat(TextChecks.rules().stream().map(Rule::id)).doesNotHaveDuplicates();
    }

    /** What this project really has is known; anything else is a false alarm or a new fault. */
    @Test
    void there_are_no_false_alarms_in_this_project() throws IOException {
        try (var files = Files.walk(Path.of("src"))) {
            var sources = files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(java|js|css|html|yaml|sql|md|xml)"))
                    .toList();

            assertThat(sources).hasSizeGreaterThan(500);
            assertThat(sources.stream()
                            .flatMap(file -> found(file.toString(), read(file)).stream())
                            .filter(one -> one.severity().isAtLeast(Severity.LOW))
                            .filter(one -> !one.rule().equals("large-file"))
                            .map(one -> one.path() + " " + one.rule()))
                    .containsExactlyInAnyOrder(
                            "src/main/java/dev/skein/heavy/compute/ComputeMain.java debug-print",
                            "src/test/java/dev/skein/bench/Benchmarks.java debug-print");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> rules(String path, String text) {
        return found(path, text).stream().map(Proposal::rule).toList();
    }

    private static List<Proposal> found(String path, String text) {
        var end = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        var language = switch (end) {
            case "js" -> "javascript";
            case "md" -> "markdown";
            case "py" -> "python";
            default -> end;
        };
        return TextChecks.look(new SourceFile(path, language, text, "", text.split("\n", -1).length));
    }
}
