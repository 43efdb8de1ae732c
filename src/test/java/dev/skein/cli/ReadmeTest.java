package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shell blocks of the README use only commands and flags that exist, and its links lead somewhere. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```(?:sh|bash)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#]+)[^)]*\\)");
    private static final Set<String> OTHERS = Set.of("mvn", "curl", "java", "cd", "git");

    @Test
    void its_commands_exist() throws IOException {
        var ours = new ArrayList<List<String>>();
        for (var line : lines()) {
            for (var words : Words.commands(line)) {
                var first = words.get(0);
                if (first.equals("skein") || first.equals("bin/skein")) {
                    ours.add(words);
                } else {
                    assertThat(OTHERS).as(line).contains(first);
                }
            }
        }

        assertThat(ours).hasSizeGreaterThan(5);
        assertThat(ours)
                .allSatisfy(words ->
                        assertThatCode(() -> Words.parse(words)).as("%s", words).doesNotThrowAnyException());
    }

    @Test
    void its_first_block_holds_the_two_commands_that_work_after_a_clone() throws IOException {
        assertThat(lines().subList(0, 2))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("bin/skein demo"),
                        second -> assertThat(second).startsWith("mvn -B verify"));
    }

    @Test
    void its_links_lead_to_files() throws IOException {
        var links = LINK.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(link -> link.group(1))
                .toList();

        assertThat(links).hasSizeGreaterThan(5);
        assertThat(links).allSatisfy(link -> assertThat(Path.of(link)).exists());
    }

    /** Commands of all blocks, with continued lines and quoted bodies joined. */
    private static List<String> lines() throws IOException {
        var commands = new ArrayList<String>();
        var blocks = BLOCK.matcher(Files.readString(Path.of("README.md")));
        while (blocks.find()) {
            var open = new StringBuilder();
            for (var line : blocks.group(1).replace("\\\n", " ").lines().toList()) {
                open.append(line).append(' ');
                boolean isWhole = open.chars().filter(each -> each == '\'').count() % 2 == 0;
                if (isWhole && !open.toString().isBlank() && !open.toString().startsWith("#")) {
                    commands.add(open.toString().strip());
                }
                if (isWhole) {
                    open.setLength(0);
                }
            }
        }
        return commands;
    }
}
