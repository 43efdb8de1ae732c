package dev.skein;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.skein.bus.Contract;
import dev.skein.bus.Endpoint;
import dev.skein.config.Settings;
import dev.skein.config.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables in docs/ and the files in conf/ say what the code says; a failure prints the rows to put there. */
class DocumentsTest {
    private static final Pattern COMMENTED_KEY = Pattern.compile("^#? ?([a-z-]+(?:\\.[a-z_-]+)*): (.*)$");

    @Test
    void every_address_is_documented() throws IOException {
        assertThat(rows("docs/bus.md"))
                .containsExactlyInAnyOrderElementsOf(
                        Contracts.ALL.stream().map(DocumentsTest::row).toList());
    }

    /** A type that no node knows shows up as a timeout, so it is caught here. */
    @Test
    void every_contract_in_the_code_is_registered() {
        var declared = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("dev.skein").stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field ->
                                field.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.STATIC))
                        .filter(field -> field.getRawType().isAssignableTo(Contract.class))
                        .map(DocumentsTest::value);

        assertThat(declared).containsExactlyInAnyOrderElementsOf(Contracts.ALL);
    }

    @Test
    void every_setting_is_documented_with_its_default() throws IOException {
        assertThat(rows("docs/config.md"))
                .containsExactlyElementsOf(defaults().entrySet().stream()
                        .map(setting -> "| `%s` | `%s` |".formatted(setting.getKey(), setting.getValue()))
                        .toList());
    }

    @Test
    void the_sample_configuration_shows_every_key_with_its_default() throws IOException {
        var shown = Files.readAllLines(Path.of("conf/skein.yaml")).stream()
                .map(COMMENTED_KEY::matcher)
                .filter(match -> match.matches())
                .map(match -> match.group(1) + ": " + match.group(2));

        assertThat(shown)
                .containsExactlyElementsOf(defaults().entrySet().stream()
                        .map(setting -> setting.getKey() + ": \"" + setting.getValue() + "\"")
                        .toList());
    }

    @Test
    void every_ready_configuration_is_sound() throws IOException {
        try (var files = Files.list(Path.of("conf"))) {
            var yaml = files.filter(file -> file.toString().endsWith(".yaml")).toList();

            assertThat(yaml)
                    .hasSizeGreaterThanOrEqualTo(5)
                    .allSatisfy(file -> NodeSettings.of(
                                    new Sources().configuration(file.toString()).settings())
                            .requireSound());
        }
    }

    private static Map<String, String> defaults() {
        return NodeSettings.of(new Settings(Map.of())).settings().defaults();
    }

    /** The table rows of a document as far as they must match: up to the last column in code type. */
    private static List<String> rows(String file) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Stream.of(line.split(" \\| ")).limit(file.contains("bus") ? 3 : 2))
                .map(cells -> cells.collect(Collectors.joining(" | ")) + " |")
                .toList();
    }

    private static String row(Contract contract) {
        var form = contract instanceof Endpoint ? "ask" : "announce";
        var types = contract.types().stream().map(Class::getSimpleName).collect(Collectors.joining("` → `"));
        return "| `%s` | %s | `%s` |".formatted(contract.address(), form, types);
    }

    private static Contract value(JavaField constant) {
        try {
            return (Contract) constant.reflect().get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(constant.getFullName() + " must be public", e);
        }
    }
}
