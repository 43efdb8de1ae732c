package dev.skein.review.engine.pmd;

import dev.skein.kernel.Problem;
import dev.skein.review.Chunk;
import dev.skein.review.Engine;
import dev.skein.review.Gap;
import dev.skein.review.Persona;
import dev.skein.review.Proposal;
import dev.skein.review.SourceFile;
import dev.skein.review.engine.check.TextChecks;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Static analysis without a model: PMD for the languages it knows, and the checks of every text for all. Thread-safe; a
 * call works on the thread that makes it, and the rule sets are read by the first.
 */
public final class PmdEngine implements Engine {
    private final PmdConfig config;
    private @Nullable PmdRules rules; // guarded by this

    public PmdEngine(PmdConfig config) {
        this.config = config;
    }

    @Override
    public String name() {
        return "pmd";
    }

    /** Does not depend on the persona; reads the rule sets the first time. */
    @Override
    public String fingerprint(Persona persona) {
        return rules().fingerprint();
    }

    @Override
    public Future<Void> check() {
        try {
            rules();
            return Future.succeededFuture();
        } catch (Problem wrong) {
            return Future.failedFuture(wrong);
        }
    }

    @Override
    public Future<Look> review(Call call) {
        try {
            return Future.succeededFuture(new Work(rules(), call).look());
        } catch (Problem wrong) {
            return Future.failedFuture(wrong);
        }
    }

    private synchronized PmdRules rules() {
        var known = rules;
        if (known == null) {
            known = PmdRules.load(config);
            rules = known;
        }
        return known;
    }

    /** One call. Confined to its thread. */
    private final class Work {
        private final PmdRules known;
        private final Call call;
        private final Map<String, List<Chunk>> byPath = new LinkedHashMap<>();
        private final List<Proposal> proposals = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private int chunksDone;

        Work(PmdRules known, Call call) {
            this.known = known;
            this.call = call;
            call.chunks()
                    .forEach(chunk -> byPath.computeIfAbsent(chunk.file().path(), path -> new ArrayList<>())
                            .add(chunk));
        }

        Look look() {
            var forPmd = new ArrayList<SourceFile>();
            for (var chunks : byPath.values()) {
                requireGoingOn();
                var file = chunks.get(0).file();
                proposals.addAll(TextChecks.look(file));
                if (!PmdRun.knows(file)) {
                    done(file);
                } else if (file.text().length() > config.fileMax()) {
                    gaps.add(PmdRun.gap(file, Gap.Reason.ENGINE, "larger than review.pmd.file-max"));
                    done(file);
                } else {
                    forPmd.add(file);
                }
            }
            var run = new PmdRun(known, forPmd, this::done, this::isStopped);
            run.run();
            proposals.addAll(run.proposals());
            gaps.addAll(run.gaps());
            return answer();
        }

        private void requireGoingOn() {
            if (isStopped()) {
                throw Problem.busy("stopped", "the review was stopped");
            }
        }

        private boolean isStopped() {
            return call.stopped().isComplete();
        }

        private void done(SourceFile file) {
            chunksDone += byPath.getOrDefault(file.path(), List.of()).size();
            call.progress().accept(chunksDone);
        }

        /** Of a file that is only partly this call's, what lies in the other parts is found by other calls. */
        private Look answer() {
            var own = proposals.stream()
                    .filter(one -> owns(one.path(), one.region().startLine()))
                    .toList();
            var fired = own.stream().map(Proposal::rule).distinct().sorted().map(known::rule);
            var missed = gaps.stream().flatMap(this::owned).toList();
            return new Look(own, missed, fired.toList(), "", Usage.NONE);
        }

        private boolean owns(String path, int line) {
            return byPath.getOrDefault(path, List.of()).stream()
                    .anyMatch(chunk -> chunk.owned().contains(line));
        }

        private Stream<Gap> owned(Gap gap) {
            return byPath.getOrDefault(gap.path(), List.of()).stream()
                    .map(chunk -> new Gap(gap.path(), chunk.owned(), gap.reason(), gap.detail()));
        }
    }
}
