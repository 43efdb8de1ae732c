package dev.skein.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/index-rules.md} names tests that there are. */
class IndexRulesTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final Pattern RULE = Pattern.compile("\\| (\\d+) \\| .*#.*");

    private static List<String> document() throws IOException {
        return Files.readAllLines(Path.of("docs/index-rules.md"));
    }

    @Test
    void every_rule_has_a_test_that_there_is() throws IOException {
        var sources = sources();
        var named = document().stream()
                .flatMap(line -> NAMED.matcher(line).results())
                .toList();

        assertThat(named).isNotEmpty();
        for (var each : named) {
            assertThat(sources).containsKey(each.group(1));
            assertThat(sources.get(each.group(1))).contains("@Test\n    void " + each.group(2) + "()");
        }
    }

    @Test
    void all_sixteen_rules_are_there() throws IOException {
        assertThat(document().stream().filter(line -> RULE.matcher(line).matches()))
                .hasSize(16);
    }

    private static Map<String, String> sources() throws IOException {
        var sources = new TreeMap<String, String>();
        try (var files = Files.walk(Path.of("src/test/java/dev/skein"))) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                sources.merge(
                        file.getFileName().toString().replace(".java", ""), Files.readString(file), String::concat);
            }
        }
        return sources;
    }
}
