package dev.skein.bench.extract;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ast.body.BodyDeclaration;
import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.scan.JavacOracle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The parsers that are compared, by name. */
final class Candidates {
    private Candidates() {}

    static Map<String, Supplier<Candidate>> all() {
        Map<String, Supplier<Candidate>> all = new LinkedHashMap<>();
        all.put("own scanner", Candidates::scanner);
        all.put("ecj 3.43, diet parse", EcjCandidate::new);
        all.put("javac of this JDK, tree API", Candidates::javac);
        all.put("JavaParser 3.28", Candidates::javaParser);
        return all;
    }

    static Candidate scanner() {
        var extractor = new JavaExtractor();
        return text -> extractor.extract(text).table().size();
    }

    private static Candidate javac() {
        var javac = new JavacOracle();
        return text -> javac.outline(text).size();
    }

    private static Candidate javaParser() {
        var configuration = new ParserConfiguration()
                .setLanguageLevel(ParserConfiguration.LanguageLevel.BLEEDING_EDGE)
                .setAttributeComments(false);
        var parser = new JavaParser(configuration);
        return text -> parser.parse(text)
                .getResult()
                .map(unit -> unit.findAll(BodyDeclaration.class).size())
                .orElse(0);
    }
}
