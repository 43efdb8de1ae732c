package dev.skein.review.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonasTest {
    private static final String AGENT = """
            component_type: Agent
            agentspec_version: 26.1.0
            name: house-style
            description: Ours.
            metadata:
              focus_areas: [names, "{{llm_model}}"]
            inputs: []
            outputs: []
            system_prompt: |
              Ask {{ llm_model }} at {{llm_url}}.
            llm_config: {temperature: 0}
            """;

    @TempDir
    private Path folder;

    private final Map<String, String> fields = Map.of("llm_url", "http://$1:1", "llm_model", "coder");

    @Test
    void the_shipped_ones_are_sound_and_differ() {
        var shipped = Personas.SHIPPED.stream()
                .map(new Personas(null, Map.of())::named)
                .toList();

        assertThat(shipped).hasSize(4).allSatisfy(persona -> {
            assertThat(persona.prompt()).hasSizeGreaterThan(200);
            assertThat(persona.focus()).hasSizeGreaterThan(3);
        });
        assertThat(shipped).extracting(persona -> persona.name()).containsExactlyElementsOf(Personas.SHIPPED);
        assertThat(shipped).extracting(persona -> persona.hash()).doesNotHaveDuplicates();
    }

    @Test
    void an_agent_file_is_read_and_its_fields_are_filled() throws IOException {
        Files.createDirectory(folder.resolve("house-style"));
        Files.writeString(folder.resolve("house-style/agent.yaml"), AGENT);
        var persona = new Personas(folder, fields).named("house-style");

        assertThat(persona.prompt()).isEqualTo("Ask coder at http://$1:1.");
        assertThat(persona.focus()).containsExactly("names", "coder");
        assertThat(persona.hash()).hasSize(64);
    }

    @Test
    void markdown_has_the_prompt_below_its_front_matter() throws IOException {
        Files.writeString(
                folder.resolve("security-hawk.md"),
                "---\r\nname: security-hawk\r\ndescription: own\r\n---\r\nLook.\r\n---\r\nTwice.\r\n");
        var persona = new Personas(folder, fields).named("security-hawk");

        assertThat(persona.description()).isEqualTo("own");
        assertThat(persona.prompt()).isEqualTo("Look.\r\n---\r\nTwice.");
        assertThat(new Personas(folder, fields).names()).hasSize(4);
    }

    @Test
    void every_fault_is_named_with_file_and_key() {
        fault("a.yaml", AGENT.replace("26.1.0", "1.0"), "a.yaml: agentspec_version must be 26.1.0");
        fault("a.yaml", AGENT.replace("component_type: Agent\n", ""), "component_type must be Agent");
        fault("a.yaml", AGENT.replace("house-style", "House Style"), "name must be words in lower case");
        fault("a.yaml", AGENT.replace("description: Ours.", "descripton: Ours."), "did you mean description?");
        fault("a.yaml", AGENT.replace("description: Ours.", "descripton: Ours."), "description must be a text");
        fault("a.yaml", AGENT.replace("{{llm_url}}", "{{api_key}}"), "names the field api_key; there are llm_model");
        fault("a.yaml", AGENT.replace("inputs: []", "inputs: all"), "inputs must be a list");
        fault("a.yaml", AGENT.replace("[names, ", "{a: "), "a.yaml");
        fault("a.yaml", "- a\n- b\n", "a.yaml: must be keys with values");
        fault("a.yaml", "a: [", "a.yaml: line 1");
        fault("a.md", "no front matter", "a.md: front matter must be there");
        fault("a.md", "---\nname: a\ndescription: b\n---\n", "system_prompt must be a text");
    }

    @Test
    void a_name_that_is_not_there_is_told_with_the_nearest() {
        assertThatThrownBy(() -> new Personas(folder, fields).named("security-hawks"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("did you mean security-hawk?");
    }

    private void fault(String file, String text, String fault) {
        assertThatThrownBy(() -> new PersonaFile(file, text, fields).read())
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.sentence()).contains(fault));
    }
}
