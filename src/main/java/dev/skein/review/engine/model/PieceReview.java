package dev.skein.review.engine.model;

import dev.skein.kernel.Problem;
import dev.skein.review.Engine.Usage;
import dev.skein.review.Gap;
import dev.skein.review.Persona;
import dev.skein.review.Proposal;
import dev.skein.review.engine.model.Model.Question;
import dev.skein.review.engine.model.Model.Reply;
import dev.skein.review.engine.model.Model.Turn;
import dev.skein.review.engine.model.Prompts.Piece;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/*
 * ask → read to the letter → say what is wrong and ask once more → read to the letter → read as it was probably
 * meant, the newer answer first → gap. Then each finding that is bad enough is shown again with the wish to refute
 * it; what that fails to find out changes nothing.
 */
/** One piece from question to findings. Used once; its steps follow each other. */
final class PieceReview {
    private static final double REFUTED = 0.3;
    private static final double UNSURE = 0.75;
    private static final int DOUBTS_MAX = 20;

    private final Model model;
    private final ModelConfig config;
    private final Piece piece;
    private final Future<String> stopped;
    private Usage usage = Usage.NONE;

    PieceReview(Model model, ModelConfig config, Piece piece, Future<String> stopped) {
        this.model = model;
        this.config = config;
        this.piece = piece;
        this.stopped = stopped;
    }

    /**
     * What came of a piece: findings, or why there are none.
     *
     * @param problem null when the piece was reviewed
     */
    record Outcome(
            List<Proposal> proposals,
            Gap.@Nullable Reason gap,
            @Nullable Problem problem,
            Usage usage) {}

    /** Never fails. */
    Future<Outcome> run(Persona persona) {
        var talk = Prompts.review(piece, persona);
        return ask(talk, Schemas.FINDINGS)
                .compose(reply -> read(talk, reply))
                .compose(this::doubtAll)
                .map(found -> new Outcome(found, null, null, usage))
                .otherwise(cause -> gap(ModelProblem.of(cause)));
    }

    private Outcome gap(Problem problem) {
        var reason = ModelProblem.isTruncated(problem) ? Gap.Reason.TRUNCATED : Gap.Reason.ENGINE;
        return new Outcome(List.of(), reason, problem, usage);
    }

    private Future<Reply> ask(List<Turn> talk, String schema) {
        if (stopped.isComplete()) {
            return Future.failedFuture(ModelProblem.stopped(String.valueOf(stopped.result())));
        }
        usage = usage.plus(new Usage(0, 0, 1));
        return model.ask(new Question(talk, schema, stopped))
                .onSuccess(reply -> usage = usage.plus(new Usage(reply.promptTokens(), reply.answerTokens(), 0)));
    }

    private Future<List<Proposal>> read(List<Turn> talk, Reply reply) {
        try {
            return Future.succeededFuture(Answers.strict(piece.text().path(), reply.text()));
        } catch (IllegalArgumentException wrong) {
            var longer = new ArrayList<>(talk);
            longer.addAll(Prompts.repair(reply.text(), String.valueOf(wrong.getMessage())));
            return ask(longer, Schemas.FINDINGS)
                    .map(Reply::text)
                    .recover(failed -> ModelProblem.isStop(ModelProblem.of(failed))
                            ? Future.failedFuture(failed)
                            : Future.succeededFuture(""))
                    .compose(second -> reread(reply.text(), second, wrong));
        }
    }

    /** @param wrong with the first answer, which is what is told where there is no second one */
    private Future<List<Proposal>> reread(String first, String second, IllegalArgumentException wrong) {
        try {
            return Future.succeededFuture(Answers.strict(piece.text().path(), second));
        } catch (IllegalArgumentException stillWrong) {
            var fault = second.isEmpty() ? wrong : stillWrong;
            return meant(second)
                    .recover(none -> meant(first))
                    .recover(none -> Future.failedFuture(
                            ModelProblem.refused("the model's answer cannot be used: " + fault.getMessage())));
        }
    }

    private Future<List<Proposal>> meant(String answer) {
        try {
            return Future.succeededFuture(Answers.tolerant(piece.text().path(), answer));
        } catch (IllegalArgumentException none) {
            return Future.failedFuture(none);
        }
    }

    private Future<List<Proposal>> doubtAll(List<Proposal> found) {
        var threshold = config.refuteFrom();
        if (threshold == null) {
            return Future.succeededFuture(found);
        }
        Future<List<Proposal>> all = Future.succeededFuture(new ArrayList<>());
        int doubts = 0;
        for (var each : found) {
            boolean isBad = each.severity().isAtLeast(threshold) && doubts < DOUBTS_MAX && isInCode(each.quote());
            doubts += isBad ? 1 : 0;
            all = all.compose(sofar -> (isBad ? doubt(each) : Future.succeededFuture(each)).map(one -> {
                sofar.add(one);
                return sofar;
            }));
        }
        return all;
    }

    /** Whether it is worth a question; whether the finding is believed is decided elsewhere. */
    private boolean isInCode(String quote) {
        var words = quote.replaceAll("\\s+", "");
        return !words.isEmpty() && piece.text().withoutBlanks(piece.shown()).contains(words);
    }

    private Future<Proposal> doubt(Proposal finding) {
        return ask(Prompts.doubt(piece, finding), Schemas.VERDICT)
                .map(reply -> switch (Answers.verdict(reply.text())) {
                    case "refuted" -> lowered(finding, REFUTED);
                    case "confirmed" -> finding;
                    default -> lowered(finding, UNSURE);
                })
                .recover(failed -> ModelProblem.isStop(ModelProblem.of(failed))
                        ? Future.failedFuture(failed)
                        : Future.succeededFuture(finding));
    }

    private static Proposal lowered(Proposal finding, double by) {
        return new Proposal(
                finding.path(),
                finding.region(),
                finding.quote(),
                finding.rule(),
                finding.severity(),
                finding.confidence() * by,
                finding.message(),
                finding.suggestion(),
                finding.replacement());
    }
}
