package dev.skein.index.sem;
import dev.skein.index.corpus.Corpus;
import dev.skein.index.source.SourceText;
import java.nio.file.*;
import java.util.TreeMap;
public class PrecisionMain {
    public static void main(String[] a) throws Exception {
        var texts = new TreeMap<String, String>();
        for (var file : Corpus.library("guava")) texts.put(file.path(), SourceText.of(file.bytes()).text());
        var p = new Precision(texts);
        long t = System.nanoTime();
        p.definitions(Integer.parseInt(a[0]), 1);
        System.out.println(p.uses() + " uses, ms " + (System.nanoTime() - t) / 1000000 + "\n" + p.table());
        Files.write(Path.of("/tmp/sem-faults.txt"), p.faults);
    }
}
