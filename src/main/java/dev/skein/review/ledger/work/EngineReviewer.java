package dev.skein.review.ledger.work;

import dev.skein.kernel.Problem;
import dev.skein.review.Engine;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.Persona;
import dev.skein.review.SourceFile;
import dev.skein.review.scope.SourceReader;
import dev.skein.review.unit.Reviewed;
import dev.skein.review.unit.UnitReview;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has a unit reviewed by an engine of this process. */
public final class EngineReviewer implements Reviewer {
    private final Engine engine;
    private final Persona persona;
    private final Duration longest;

    /** @param longest that an engine may take for one unit */
    public EngineReviewer(Engine engine, Persona persona, Duration longest) {
        this.engine = engine;
        this.persona = persona;
        this.longest = longest;
    }

    @Override
    public Opinion review(Order order) {
        var files = new ArrayList<SourceFile>();
        var gaps = new ArrayList<Gap>();
        for (var file : order.unit().files()) {
            SourceReader.open(order.root(), file)
                    .ifPresentOrElse(
                            files::add,
                            () -> gaps.add(new Gap(
                                    file.path(),
                                    new Lines(1, file.lines()),
                                    Gap.Reason.CHANGED,
                                    "the file changed while it was reviewed")));
        }
        var review = new UnitReview(order.unit(), files, gaps);
        var call = review.call(persona, Map.of(), done -> {}, order.stopped());
        return opinion(review.reviewed(order.task(), engine, look(call)));
    }

    private Engine.Look look(Engine.Call call) {
        try {
            return engine.review(call)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.timeout("the review was given up");
        } catch (TimeoutException e) {
            throw Problem.timeout("the review took longer than " + longest.toSeconds() + " s");
        } catch (ExecutionException e) {
            var problem = Problem.in(e);
            throw problem == null ? new IllegalStateException(e.getCause()) : problem;
        }
    }

    private Opinion opinion(Reviewed reviewed) {
        var look = reviewed.look();
        return new Opinion(
                new By(engine.name(), look.model(), engine.fingerprint(persona)),
                reviewed.isWhole() ? "" : reviewed.missing(),
                reviewed.lines(),
                reviewed.seen(),
                reviewed.verified().tally(),
                look.rules(),
                reviewed.gaps(),
                reviewed.findings());
    }
}
