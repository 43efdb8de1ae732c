package dev.skein.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.skein.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;

/** The page and the scripts say what the parser does; {@code -Dskein.write=true} writes them anew. */
class CliDocumentsTest {
    private static final CommandLine ROOT = Cli.whole(new Shell(Terminal.ofProcess(), new FakeHost()));

    @Test
    void the_page_describes_every_command_and_flag() throws IOException {
        compare("docs/cli.md", CliDocument.of(ROOT));
    }

    @Test
    void the_completion_scripts_know_every_command_and_flag() throws IOException {
        var scripts = CompletionScripts.of(ROOT);

        compare("src/main/resources/completion/skein.bash", scripts.bash());
        compare("src/main/resources/completion/skein.zsh", scripts.zsh());
        compare("src/main/resources/completion/skein.fish", scripts.fish());
    }

    @TestFactory
    Stream<DynamicTest> every_example_of_the_help_can_be_typed() {
        return leaves(ROOT).flatMap(leaf -> {
            var examples = List.of(leaf.getCommandSpec().usageMessage().footer());
            return Stream.concat(
                    Stream.of(DynamicTest.dynamicTest(
                            leaf.getCommandName() + " has examples",
                            () -> assertThat(examples).isNotEmpty())),
                    examples.stream().map(line -> DynamicTest.dynamicTest(line.strip(), () -> parse(line))));
        });
    }

    @Test
    void every_topic_of_the_help_has_a_text() {
        assertThat(HelpCommand.TOPICS)
                .allSatisfy(topic -> assertThat(Run.of("help", topic).out()).hasSizeGreaterThan(100));
        assertThat(Run.of("help", "exit-codes").out())
                .contains("   8  ran to its end")
                .contains(" 141  ");
        assertThat(Run.of("help", "group", "deploy").out()).startsWith("skein group deploy ");
        assertThat(Run.of("completion", "bash").out()).contains("complete -F _skein skein");
    }

    @Test
    void each_command_is_listed_with_a_whole_sentence() {
        assertThat(all(ROOT).filter(line -> line != ROOT))
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.getCommandSpec().usageMessage().description()[0])
                                .as(line.getCommandSpec().qualifiedName(" "))
                                .endsWith("."));
    }

    private static Stream<CommandLine> all(CommandLine line) {
        return Stream.concat(
                Stream.of(line),
                line.getSubcommands().values().stream().distinct().flatMap(CliDocumentsTest::all));
    }

    private static void parse(String line) {
        for (var words : Words.commands(line)) {
            assertThatCode(() -> Words.parse(words)).doesNotThrowAnyException();
        }
    }

    private static Stream<CommandLine> leaves(CommandLine line) {
        return line.getSubcommands().isEmpty()
                ? Stream.of(line)
                : line.getSubcommands().values().stream().distinct().flatMap(CliDocumentsTest::leaves);
    }

    private static void compare(String file, String expected) throws IOException {
        if (Boolean.getBoolean("skein.write")) {
            Files.writeString(Path.of(file), expected);
        }
        assertThat(Path.of(file)).hasContent(expected);
    }
}
