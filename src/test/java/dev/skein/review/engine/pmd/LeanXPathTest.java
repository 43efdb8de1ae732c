package dev.skein.review.engine.pmd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.sf.saxon.Configuration;
import net.sourceforge.pmd.PmdAnalysis;
import net.sourceforge.pmd.lang.LanguageRegistry;
import net.sourceforge.pmd.lang.document.FileId;
import net.sourceforge.pmd.lang.document.TextFile;
import net.sourceforge.pmd.lang.rule.RuleSet;
import net.sourceforge.pmd.reporting.FileAnalysisListener;
import net.sourceforge.pmd.reporting.GlobalAnalysisListener;
import org.junit.jupiter.api.Test;

class LeanXPathTest {
    private static final PmdRules RULES = PmdRules.load(PmdConfig.DEFAULTS);

    /** Applied when the first file is begun. */
    private record Once(List<RuleSet> sets) implements GlobalAnalysisListener {
        @Override
        public FileAnalysisListener startFileAnalysis(TextFile file) {
            LeanXPath.apply(sets);
            return FileAnalysisListener.noop();
        }

        @Override
        public void close() {}
    }

    private static List<Configuration> configurations(List<RuleSet> sets) {
        return sets.stream()
                .flatMap(set -> set.getRules().stream())
                .flatMap(rule -> LeanXPath.of(rule).stream())
                .toList();
    }

    @Test
    void each_rule_in_xpath_of_this_pmd_has_one_reporter_of_errors() {
        var sets = RULES.copies();
        var java = LanguageRegistry.PMD.getLanguageById("java").getDefaultVersion();
        try (var analysis = PmdAnalysis.create(RULES.configuration())) {
            analysis.addRuleSets(sets);
            analysis.files().addFile(TextFile.forCharSeq("class A {}", FileId.fromPathLikeString("A.java"), java));
            analysis.addListener(new Once(sets));
            analysis.performAnalysis();
        }

        assertThat(configurations(sets))
                .hasSizeGreaterThan(20)
                .allSatisfy(saxon -> assertThat(saxon.makeErrorReporter()).isSameAs(saxon.makeErrorReporter()));
    }

    @Test
    void rules_that_are_not_ready_yet_stay_as_they_are() {
        var sets = RULES.copies();

        LeanXPath.apply(sets);

        assertThat(configurations(sets)).isEmpty();
    }
}
