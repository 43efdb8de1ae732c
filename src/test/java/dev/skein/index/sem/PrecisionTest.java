package dev.skein.index.sem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.corpus.Corpus;
import dev.skein.index.source.SourceText;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A part of guava that needs little of the rest; all of it is measured by {@code -Dbench=precision}. */
class PrecisionTest {
    private static Precision sample;

    @BeforeAll
    static void compile() {
        var texts = new TreeMap<String, String>();
        for (var file : Corpus.library("guava")) {
            if (file.path().matches("com/google/common/(base|escape|graph|math)/.*")) {
                texts.put(file.path(), SourceText.of(file.bytes()).text());
            }
        }
        sample = new Precision(texts);
    }

    @Test
    void nearly_all_names_are_answered_and_nearly_all_answers_are_javacs() {
        sample.rows.clear();
        var all = sample.definitions(1_500, 7).all();

        assertThat(all.asked).isBetween(1_450, 1_500); // javac notes some names twice
        assertThat(all.answered()).as(sample.table()).isGreaterThan(all.asked * 95 / 100);
        assertThat(all.right).as(sample.faults.toString()).isGreaterThan(all.answered() * 98 / 100);
    }

    @Test
    void nearly_all_sure_references_are_javacs() {
        sample.rows.clear();
        var all = sample.references(150, 7).all();

        assertThat(all.right).as(sample.table()).isGreaterThan(all.asked * 90 / 100);
        assertThat(all.right).as(sample.faults.toString()).isGreaterThan(all.answered() * 98 / 100);
    }
}
