package dev.skein;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.contract.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of endpoints in docs/security.md is that of the contract; {@code -Dskein.write=true} rewrites it. */
class SecurityDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/security.md");

    @Test
    void every_endpoint_is_listed_with_the_roles_that_may_call_it() throws IOException {
        var rows = Contract.load().operations().stream()
                .map(operation -> "| `%s %s` | %s |"
                        .formatted(
                                operation.method(),
                                operation.path(),
                                cells(operation.access().name())))
                .toList();

        if (Boolean.getBoolean("skein.write")) {
            write(rows);
        }
        assertThat(Files.readAllLines(DOCUMENT).stream().filter(SecurityDocumentTest::isRow))
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    private static boolean isRow(String line) {
        return line.startsWith("| `") && line.contains(" /");
    }

    private static void write(List<String> rows) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(DOCUMENT));
        int at = lines.indexOf(
                lines.stream().filter(SecurityDocumentTest::isRow).findFirst().orElseThrow());
        lines.removeIf(SecurityDocumentTest::isRow);
        lines.addAll(at, rows);
        Files.write(DOCUMENT, lines);
    }

    private static String cells(String access) {
        return switch (access) {
            case "OPEN" -> "yes | yes | yes | yes";
            case "JOIN" -> "join key | join key | yes | yes";
            case "HEARTBEAT" -> "own key | own key | yes | yes";
            case "VIEWER" -> "401 | yes | yes | yes";
            case "OPERATOR" -> "401 | 403 | yes | yes";
            default -> "401 | 403 | 403 | yes";
        };
    }
}
