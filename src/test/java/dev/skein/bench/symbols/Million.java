package dev.skein.bench.symbols;

import dev.skein.index.corpus.Corpus;
import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.search.ShardSymbols;
import dev.skein.index.source.ContentHash;
import dev.skein.index.source.SourceText;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolTable;
import dev.skein.index.symbol.SymbolTableBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * A million symbols on two shards: those of the corpus, and again with another word at the end of every second name,
 * until there are enough.
 */
final class Million {
    static final int SYMBOLS = 1_000_000;
    private static final String[] WORDS = {"", "Factory", "Impl", "V2", "Handler", "Of", "Context", "At"};

    final List<ShardSymbols> shards = List.of(new ShardSymbols(), new ShardSymbols());
    final List<String> names = new ArrayList<>();

    Million() {
        var files = new ArrayList<Corpus.SourceFile>(Corpus.jdk());
        for (var name : List.of("guava", "spring-core", "hazelcast")) {
            files.addAll(Corpus.library(name));
        }
        var extractor = new JavaExtractor();
        long symbols = 0;
        for (int round = 0; symbols < SYMBOLS; round++) {
            for (int i = 0; i < files.size() && symbols < SYMBOLS; i++) {
                var file = files.get(i);
                var text = SourceText.of(file.bytes()).text();
                var table = again(extractor.extract(text).table(), WORDS[round % WORDS.length]);
                shards.get(i % 2).replace(round + "/" + file.path(), ContentHash.of(file.bytes()), table);
                symbols += table.size();
            }
        }
    }

    private SymbolTable again(SymbolTable table, String word) {
        var builder = new SymbolTableBuilder();
        for (var symbol : table.symbols()) {
            boolean changed = (names.size() & 1) == 1;
            names.add(symbol.identifier() + (changed ? word : ""));
            builder.add(renamed(symbol, names.get(names.size() - 1)), -1);
        }
        return builder.build();
    }

    private static Symbol renamed(Symbol symbol, String name) {
        return new Symbol(
                symbol.kind(),
                name,
                symbol.container(),
                symbol.type(),
                symbol.parameters(),
                symbol.modifiers(),
                symbol.name(),
                symbol.range(),
                symbol.summary());
    }
}
