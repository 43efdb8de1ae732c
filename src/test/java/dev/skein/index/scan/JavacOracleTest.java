package dev.skein.index.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.corpus.Corpus;
import dev.skein.index.source.SourceText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavacOracleTest {
    private static final int EVERY = 12; // all of them take a minute; the measurement looks at all

    private final JavacOracle javac = new JavacOracle();
    private final Outline outline = new Outline();

    @Test
    void every_declaration_of_guava_is_found_where_javac_finds_it() {
        assertThat(differences(Corpus.library("guava"), EVERY)).isEmpty();
    }

    @Test
    void every_declaration_of_spring_core_is_found_where_javac_finds_it() {
        assertThat(differences(Corpus.library("spring-core"), EVERY)).isEmpty();
    }

    @Test
    void every_declaration_of_hazelcast_is_found_where_javac_finds_it() {
        assertThat(differences(Corpus.library("hazelcast"), EVERY * 5)).isEmpty();
    }

    private List<String> differences(List<Corpus.SourceFile> files, int every) {
        var differences = new ArrayList<String>();
        int compared = 0;
        for (int i = 0; i < files.size(); i += every) {
            var text = SourceText.of(files.get(i).bytes()).text();
            var expected = javac.outline(text);
            if (!expected.isEmpty()) {
                compared++;
                compare(files.get(i).path(), expected, outline.of(text), differences);
            }
        }
        assertThat(compared).isGreaterThan(files.size() / every * 8 / 10);
        return differences;
    }

    private static void compare(String path, List<String> expected, List<String> found, List<String> differences) {
        var missing = new ArrayList<>(expected);
        found.forEach(missing::remove);
        var invented = new ArrayList<>(found);
        expected.forEach(invented::remove);
        missing.forEach(line -> differences.add(path + ": missing " + line));
        invented.forEach(line -> differences.add(path + ": invented " + line));
    }
}
