package dev.skein.coordinator.review;

import dev.skein.coordinator.review.rows.DismissalRows;
import dev.skein.coordinator.review.rows.PartRows;
import dev.skein.coordinator.review.rows.PartRows.Kept;
import dev.skein.coordinator.review.rows.ReviewJson;
import dev.skein.coordinator.review.rows.SealRows;
import dev.skein.coordinator.review.rows.SealRows.Sealed;
import dev.skein.coordinator.review.rows.Sought;
import dev.skein.coordinator.review.rows.TaskRows;
import dev.skein.kernel.Problem;
import dev.skein.review.Finding;
import dev.skein.review.Severity;
import dev.skein.review.finding.Tally;
import dev.skein.review.finding.suppress.Dismissals;
import dev.skein.review.run.ReviewDetails.Filter;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.ReviewParts.Summary;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.FindingPage;
import dev.skein.review.run.Reviews.ResultAsk;
import dev.skein.review.run.Reviews.ResultPage;
import dev.skein.store.Transaction;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Findings in pages of whole parts. A cursor is the id of a task that is through, or with {@code /} and a number the
 * part of it to begin with.
 */
final class FindingPages {
    private static final int TASKS_MAX = 200;
    private static final int PARTS_MAX = 16;
    private static final int SOUGHT_PARTS_MAX = 400; // small ones, that is: findings are bounded as well

    private final Means means;

    FindingPages(Means means) {
        this.means = means;
    }

    Future<FindingPage> page(Reviews.Findings ask) {
        var wanted = Wanted.of(ask);
        return means.store()
                .read(tx -> new Gathering(tx, ask, wanted).gather())
                .compose(raw -> means.vertx().executeBlocking(() -> raw.page(wanted), false));
    }

    /** Of one task that is done. */
    Future<ResultPage> result(ResultAsk ask) {
        return means.store().read(tx -> kept(tx, ask)).compose(kept -> {
            var after = Objects.requireNonNullElse(ask.after(), ask.task() + "/0");
            var findings = new Reviews.Findings(ask.run(), after, null, Reviews.PAGE_MAX);
            var wanted = Wanted.of(findings);
            return means.store()
                    .read(tx -> new Gathering(tx, findings, wanted).gatherOne(ask.task()))
                    .compose(raw -> means.vertx().executeBlocking(() -> raw.page(wanted), false))
                    .map(page -> new ResultPage(
                            kept.hash(),
                            kept.fingerprint(),
                            ReviewJson.read(kept.summary(), Summary.class).model(),
                            kept.reviewed(),
                            page));
        });
    }

    private static SealRows.Kept kept(Transaction tx, ResultAsk ask) throws SQLException {
        Means.known(tx, ask.run());
        if (!TaskRows.has(tx, ask.run(), ask.task())) {
            throw Problem.notFound("review_not_found", "the review has no task of that id");
        }
        return SealRows.kept(tx, ask.run(), ask.task())
                .orElseThrow(() -> Problem.conflict("review_task_open", "task " + ask.task() + " is not done"));
    }

    /** @param limit past which no further part is looked into */
    private record Wanted(Severity least, Filter filter, Sought sought, int limit) {
        static Wanted of(Reviews.Findings ask) {
            var minimum = ask.minimum();
            var least = minimum == null ? Severity.INFO : Severity.of(minimum);
            var filter = ask.filter() == null ? Filter.NONE : ask.filter();
            int limit = Math.max(1, Math.min(ask.limit(), Reviews.PAGE_MAX));
            return new Wanted(least, filter, Sought.of(least, filter), limit);
        }

        /** How many findings may be looked through. */
        int reach() {
            return filter.saysNothing() ? limit : PARTS_MAX * ReviewParts.FINDINGS_MAX;
        }

        int partsMax() {
            return filter.saysNothing() ? PARTS_MAX : SOUGHT_PARTS_MAX;
        }

        int tasksMax() {
            return filter.saysNothing() ? TASKS_MAX : SOUGHT_PARTS_MAX;
        }

        boolean has(Finding finding) {
            return finding.severity().isAtLeast(least) && filter.matches(finding);
        }
    }

    /**
     * What a task begins with, or a part of what it found.
     *
     * @param cursor to go on here
     */
    private record Piece(
            String cursor,
            @Nullable String summary,
            @Nullable Kept part) {}

    /** What one page is made of. */
    private record Raw(
            List<Piece> pieces,
            Dismissals dismissals,
            @Nullable String next) {
        FindingPage page(Wanted wanted) {
            var findings = new ArrayList<Finding>();
            var rules = new LinkedHashSet<String>();
            var gaps = new ArrayList<String>();
            var proposals = Tally.NONE;
            for (var piece : pieces) {
                if (findings.size() >= wanted.limit) {
                    return new FindingPage(
                            FindingLines.lines(findings), List.copyOf(rules), gaps, proposals, piece.cursor);
                }
                var part = piece.part;
                if (part != null) {
                    Sealing.applied(List.of(part), dismissals).stream()
                            .filter(wanted::has)
                            .forEach(findings::add);
                }
                if (piece.summary != null) {
                    var summary = ReviewJson.read(piece.summary, Summary.class);
                    rules.addAll(summary.rules());
                    gaps.addAll(summary.gaps());
                    proposals = proposals.plus(summary.proposals());
                }
            }
            return new FindingPage(FindingLines.lines(findings), List.copyOf(rules), gaps, proposals, next);
        }
    }

    /** One page in the making, within one transaction. */
    private static final class Gathering {
        private final Transaction tx;
        private final Reviews.Findings ask;
        private final Wanted wanted;
        private final List<Piece> pieces = new ArrayList<>();
        private int parts;
        private int left;

        Gathering(Transaction tx, Reviews.Findings ask, Wanted wanted) {
            this.tx = tx;
            this.ask = ask;
            this.wanted = wanted;
            this.left = wanted.reach();
        }

        Raw gather() throws SQLException {
            var run = Means.known(tx, ask.run());
            var next = fill();
            return new Raw(pieces, DismissalRows.all(tx, run.name()), next);
        }

        /** The rest of one task. */
        Raw gatherOne(String id) throws SQLException {
            var run = Means.known(tx, ask.run());
            var after = Objects.requireNonNull(ask.after());
            if (!after.startsWith(id + "/")) {
                throw damaged();
            }
            var next = one(sealed(id), number(after.substring(id.length() + 1)));
            return new Raw(pieces, DismissalRows.all(tx, run.name()), next);
        }

        private @Nullable String fill() throws SQLException {
            var after = ask.after();
            if (after == null) {
                return all(SealRows.first(tx, ask.run(), wanted.sought, wanted.tasksMax()));
            }
            int slash = after.indexOf('/');
            var task = sealed(slash < 0 ? after : after.substring(0, slash));
            if (slash >= 0) {
                var next = one(task, number(after.substring(slash + 1)));
                if (next != null) {
                    return next;
                }
            }
            return all(SealRows.after(tx, task, wanted.sought, wanted.tasksMax()));
        }

        private Sealed sealed(String task) throws SQLException {
            return SealRows.get(tx, ask.run(), task).orElseThrow(FindingPages::damaged);
        }

        private @Nullable String all(List<Sealed> tasks) throws SQLException {
            for (var task : tasks) {
                if (left <= 0 || parts >= wanted.partsMax()) {
                    return task.owner().task() + "/0";
                }
                var next = one(task, 0);
                if (next != null) {
                    return next;
                }
            }
            boolean isMore = tasks.size() == wanted.tasksMax();
            return isMore ? tasks.get(tasks.size() - 1).owner().task() : null;
        }

        /** Where to go on within the task; null when it is through. */
        private @Nullable String one(Sealed task, int from) throws SQLException {
            var cursor = task.owner().task() + "/";
            if (from == 0) {
                pieces.add(new Piece(cursor + 0, task.summary(), null));
            }
            var found = PartRows.from(tx, task.owner(), from, PARTS_MAX);
            for (var part : found) {
                boolean isFull = parts >= wanted.partsMax() || (parts > 0 && part.findings() > left);
                if (isFull) {
                    left = 0;
                    return cursor + part.number();
                }
                pieces.add(new Piece(cursor + part.number(), null, part));
                parts++;
                left -= part.findings();
            }
            return found.size() == PARTS_MAX ? cursor + (from + PARTS_MAX) : null;
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw damaged();
        }
    }

    private static Problem damaged() {
        return Problem.invalid("the findings do not go on there; begin anew, without a cursor");
    }
}
