package dev.skein.review.engine.model;

import dev.skein.kernel.Problem;
import dev.skein.review.Chunk;
import dev.skein.review.Engine;
import dev.skein.review.Gap;
import dev.skein.review.Persona;
import dev.skein.review.Proposal;
import dev.skein.review.Rule;
import dev.skein.review.engine.check.Text;
import dev.skein.review.engine.model.PieceReview.Outcome;
import dev.skein.review.engine.model.Prompts.Piece;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Review by a model. Thread-safe; a call cuts its chunks on the thread that makes it, and the rest never blocks. */
public final class ModelEngine implements Engine {
    private final String name;
    private final Model model;
    private final ModelConfig config;
    private final Budget budget;

    /**
     * An engine over a model, which it closes with itself.
     *
     * @param name as users name the engine
     */
    public ModelEngine(String name, Model model, ModelConfig config, Budget budget) {
        this.name = name;
        this.model = model;
        this.config = config;
        this.budget = budget;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String fingerprint(Persona persona) {
        var parts = String.join(
                "\n",
                name,
                model.name(),
                Prompts.VERSION,
                Prompts.system(persona),
                persona.hash(),
                String.valueOf(config.refuteFrom()),
                String.valueOf(budget));
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(parts.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public boolean readsNotes() {
        return true;
    }

    @Override
    public Future<Void> check() {
        return model.check();
    }

    @Override
    public Future<Look> review(Call call) {
        return new Work(call).run();
    }

    @Override
    public void close() {
        model.close();
    }

    /** One call. Its lists are built before the first question and then only filled at places of their own. */
    private final class Work {
        private final Call call;
        private final List<Piece> pieces = new ArrayList<>();
        private final List<Integer> chunkOf = new ArrayList<>();
        private final List<Gap> gaps = new ArrayList<>();
        private final int[] left; // pieces of each chunk that are not done; guarded by this
        private final @Nullable Outcome[] outcomes;
        private final AtomicInteger next = new AtomicInteger();
        private int chunksDone;

        Work(Call call) {
            this.call = call;
            left = new int[call.chunks().size()];
            var texts = new HashMap<String, Text>();
            for (int i = 0; i < left.length; i++) {
                var chunk = call.chunks().get(i);
                var text = texts.computeIfAbsent(chunk.file().path(), path -> new Text(chunk.file()));
                cut(i, chunk, text);
            }
            outcomes = new Outcome[pieces.size()];
        }

        private void cut(int number, Chunk chunk, Text text) {
            var path = chunk.file().path();
            if (text.lines() == 0) {
                chunksDone++;
                return;
            }
            var cut = budget.cut(chunk, text, call.notes().getOrDefault(path, ""), call.persona());
            cut.pieces().forEach(piece -> {
                pieces.add(piece);
                chunkOf.add(number);
            });
            cut.tooLong()
                    .forEach(lines -> gaps.add(new Gap(
                            path, lines, Gap.Reason.TOO_LONG, "the line does not fit into the model's context")));
            left[number] = cut.pieces().size();
            chunksDone += left[number] == 0 ? 1 : 0;
        }

        Future<Look> run() {
            if (chunksDone > 0) {
                call.progress().accept(chunksDone);
            }
            var lanes = new ArrayList<Future<Void>>();
            for (int i = 0; i < Math.min(config.piecesMax(), pieces.size()); i++) {
                lanes.add(lane());
            }
            return Future.join(lanes).compose(done -> look());
        }

        /** One piece after the other until none is left. */
        private Future<Void> lane() {
            int index = next.getAndIncrement();
            if (index >= pieces.size() || call.stopped().isComplete()) {
                return Future.succeededFuture();
            }
            return new PieceReview(model, config, pieces.get(index), call.stopped())
                    .run(call.persona())
                    .compose(outcome -> {
                        done(index, outcome);
                        return lane();
                    });
        }

        private synchronized void done(int index, Outcome outcome) {
            outcomes[index] = outcome;
            if (--left[chunkOf.get(index)] == 0) {
                call.progress().accept(++chunksDone);
            }
        }

        private synchronized Future<Look> look() {
            if (call.stopped().isComplete()) {
                return Future.failedFuture(
                        ModelProblem.stopped(String.valueOf(call.stopped().result())));
            }
            var proposals = new ArrayList<Proposal>();
            var usage = Usage.NONE;
            int failed = 0;
            Problem last = null;
            for (int i = 0; i < outcomes.length; i++) {
                var outcome = Objects.requireNonNull(outcomes[i]);
                usage = usage.plus(outcome.usage());
                proposals.addAll(outcome.proposals());
                var reason = outcome.gap();
                var problem = outcome.problem();
                if (problem != null && reason != null) {
                    failed++;
                    last = problem;
                    var piece = pieces.get(i);
                    gaps.add(new Gap(piece.text().path(), piece.owned(), reason, problem.sentence()));
                }
            }
            boolean isNothing =
                    failed > 0 && failed == outcomes.length && last != null && !ModelProblem.isTruncated(last);
            return isNothing
                    ? Future.failedFuture(last)
                    : Future.succeededFuture(new Look(proposals, gaps, rules(proposals), model.name(), usage));
        }

        private List<Rule> rules(List<Proposal> proposals) {
            return proposals.stream()
                    .sorted(Comparator.comparing(Proposal::severity))
                    .map(one -> new Rule(
                            one.rule(), one.rule().replace('-', ' '), "", "", one.severity(), List.of("model")))
                    .collect(Collectors.toMap(Rule::id, rule -> rule, (one, other) -> one))
                    .values()
                    .stream()
                    .sorted(Comparator.comparing(Rule::id))
                    .toList();
        }
    }
}
