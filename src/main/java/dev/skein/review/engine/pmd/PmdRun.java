package dev.skein.review.engine.pmd;

import dev.skein.kernel.Problem;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.Proposal;
import dev.skein.review.Region;
import dev.skein.review.SourceFile;
import dev.skein.review.engine.check.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import net.sourceforge.pmd.PmdAnalysis;
import net.sourceforge.pmd.lang.JvmLanguagePropertyBundle;
import net.sourceforge.pmd.lang.LanguageRegistry;
import net.sourceforge.pmd.lang.document.FileId;
import net.sourceforge.pmd.lang.document.TextFile;
import net.sourceforge.pmd.lang.rule.RuleSet;
import net.sourceforge.pmd.reporting.FileAnalysisListener;
import net.sourceforge.pmd.reporting.GlobalAnalysisListener;
import net.sourceforge.pmd.reporting.Report.ProcessingError;
import net.sourceforge.pmd.reporting.RuleViolation;
import org.jspecify.annotations.Nullable;

/** PMD over the files of one call, on the thread that calls; what it finds is handed on at once. Used once. */
final class PmdRun {
    private static final double CONFIDENCE = 0.9;
    private static final int DETAIL_MAX = 300;

    private final PmdRules rules;
    private final Map<String, SourceFile> waiting = new LinkedHashMap<>();
    private final List<Proposal> proposals = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final Consumer<SourceFile> done;
    private final BooleanSupplier isStopped;
    private @Nullable SourceFile current;

    /**
     * Over these files, by path.
     *
     * @param done told of each file when it was looked at
     */
    PmdRun(PmdRules rules, List<SourceFile> files, Consumer<SourceFile> done, BooleanSupplier isStopped) {
        this.rules = rules;
        this.done = done;
        this.isStopped = isStopped;
        files.forEach(file -> waiting.put(file.path(), file));
    }

    /** Whether PMD has a parser for it. */
    static boolean knows(SourceFile file) {
        return LanguageRegistry.PMD.getLanguageById(file.language()) != null;
    }

    /** Looks at all files; one that breaks PMD itself becomes a gap, and the others go on without it. */
    void run() {
        while (!waiting.isEmpty()) {
            current = null;
            try {
                analyse();
                waiting.clear();
            } catch (StackOverflowError | RuntimeException broken) {
                var file = current;
                if (isStopped.getAsBoolean() || file == null) {
                    throw Problem.busy("stopped", isStopped.getAsBoolean() ? "the review was stopped" : told(broken));
                }
                gaps.add(gap(file, Gap.Reason.ENGINE, "PMD failed: " + told(broken)));
                finished(file);
            }
        }
    }

    List<Proposal> proposals() {
        return proposals;
    }

    List<Gap> gaps() {
        return gaps;
    }

    private void analyse() {
        try (var analysis = PmdAnalysis.create(rules.configuration())) {
            onlyTypesOfJava(analysis);
            var copies = rules.copies();
            analysis.addRuleSets(copies);
            waiting.values().forEach(file -> analysis.files().addFile(inMemory(file)));
            analysis.addListener(new Listener(copies));
            analysis.performAnalysis();
        }
    }

    /** The code under review does not see the types of this process, whose versions are not its own. */
    @SuppressWarnings("deprecation") // what is meant instead adds to this process's types and takes none away
    private static void onlyTypesOfJava(PmdAnalysis analysis) {
        for (var language : LanguageRegistry.PMD.getLanguages()) {
            if (analysis.getLanguageProperties(language) instanceof JvmLanguagePropertyBundle properties) {
                properties.setClassLoader(ClassLoader.getPlatformClassLoader());
            }
        }
    }

    /** A lone CR ends a line here, but not for PMD. */
    private static TextFile inMemory(SourceFile file) {
        var language = LanguageRegistry.PMD.getLanguageById(file.language());
        var text = file.text();
        var known = text.indexOf('\r') < 0 ? text : text.replaceAll("\r(?!\n)", "\n");
        return TextFile.forCharSeq(known, FileId.fromPathLikeString(file.path()), language.getDefaultVersion());
    }

    private void finished(SourceFile file) {
        if (waiting.remove(file.path()) != null) {
            done.accept(file);
        }
    }

    static Gap gap(SourceFile file, Gap.Reason reason, String detail) {
        var cut = detail.length() <= DETAIL_MAX ? detail : detail.substring(0, DETAIL_MAX) + "…";
        return new Gap(file.path(), new Lines(1, Math.max(1, file.lines())), reason, cut);
    }

    private static String told(Throwable cause) {
        var message = cause.getMessage();
        return cause instanceof StackOverflowError || message == null
                ? cause.getClass().getSimpleName()
                : PmdRules.oneParagraph(message);
    }

    private final class Listener implements GlobalAnalysisListener {
        private final List<RuleSet> copies;
        private boolean isReady;

        Listener(List<RuleSet> copies) {
            this.copies = copies;
        }

        @Override
        public FileAnalysisListener startFileAnalysis(TextFile textFile) {
            if (!isReady) {
                isReady = true;
                LeanXPath.apply(copies);
            }
            if (isStopped.getAsBoolean()) {
                throw new IllegalStateException("stopped");
            }
            var file = waiting.get(textFile.getFileId().getOriginalPath());
            if (file == null) {
                throw new IllegalStateException("a file that nobody gave");
            }
            current = file;
            return new FileListener(file);
        }

        @Override
        public void close() {}
    }

    private final class FileListener implements FileAnalysisListener {
        private final SourceFile file;
        private final Text text;

        FileListener(SourceFile file) {
            this.file = file;
            this.text = new Text(file);
        }

        @Override
        public void onRuleViolation(RuleViolation violation) {
            var place = violation.getLocation();
            var region =
                    new Region(place.getStartLine(), place.getStartColumn(), place.getEndLine(), place.getEndColumn());
            proposals.add(new Proposal(
                    file.path(),
                    region,
                    text.quote(region),
                    violation.getRule().getName(),
                    PmdRules.severity(violation.getRule().getPriority()),
                    CONFIDENCE,
                    PmdRules.oneParagraph(violation.getDescription()),
                    null,
                    null));
        }

        @Override
        public void onError(ProcessingError error) {
            gaps.add(gap(file, Gap.Reason.UNPARSABLE, PmdRules.oneParagraph(error.getMsg())));
        }

        @Override
        public void close() {
            finished(file);
        }
    }
}
