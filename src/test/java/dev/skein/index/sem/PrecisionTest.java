package dev.skein.index.sem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.corpus.Corpus;
import dev.skein.index.source.SourceText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PrecisionTest {
    @Test
    void most_names_are_answered_and_nearly_all_answers_are_javacs() throws Exception {
        var texts = new TreeMap<String, String>();
        for (var file : Corpus.library("guava")) {
            texts.put(file.path(), SourceText.of(file.bytes()).text());
        }
        var precision = new Precision(texts).definitions(5_000, 1);
        System.out.println(precision.uses() + "\n" + precision.table());
        Files.write(Path.of("/tmp/sem-faults.txt"), precision.faults);
        assertThat(precision.uses()).isPositive();
    }
}
