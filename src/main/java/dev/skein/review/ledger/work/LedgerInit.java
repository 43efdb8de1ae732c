package dev.skein.review.ledger.work;

import dev.skein.review.ledger.Bootstrap;
import dev.skein.review.ledger.Bootstrap.Made;
import dev.skein.review.ledger.Bootstrap.Wish;
import dev.skein.review.ledger.Ledger;
import dev.skein.review.ledger.claim.Board;
import dev.skein.review.ledger.claim.Change;
import dev.skein.review.scope.Scope;
import dev.skein.review.scope.Wanted;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Makes the tasks of a repository and pushes them, in one commit. */
public final class LedgerInit {
    private final Board board;
    private final UnitFinder finder;

    public LedgerInit(Board board, UnitFinder finder) {
        this.board = board;
        this.finder = finder;
    }

    /** @param scope what there is to review at the head of the branch */
    public record Done(Made made, Scope scope, String head) {}

    /** @param wanted without its patterns, which {@code wish} has */
    public Done make(Wanted wanted, Wish wish) {
        var whole = wish.whole(wanted.depthMax() == Wanted.NO_DEPTH);
        var scoped = wanted.including(wish.include()).excluding(wish.exclude());
        var done = new AtomicReference<Done>();
        board.change(view -> {
            var scope = finder.scope(view.head(), scoped).naming(wish.include());
            var made = Bootstrap.of(view.ledger(), scope, whole, board.wall().instant());
            done.set(new Done(made, scope, view.head()));
            var counts = "Make %d tasks of a review".formatted(made.created());
            return made.isChange() ? Optional.of(change(view.ledger(), made.ledger(), counts)) : Optional.empty();
        });
        return Objects.requireNonNull(done.get());
    }

    /** Only closes what is there twice; gives how many. */
    public int deduplicate() {
        var closed = new AtomicInteger();
        board.change(view -> {
            var made = Bootstrap.deduplicated(view.ledger(), board.wall().instant());
            closed.set(made.duplicates());
            return made.isChange()
                    ? Optional.of(change(view.ledger(), made.ledger(), "Close tasks that are there twice"))
                    : Optional.empty();
        });
        return closed.get();
    }

    private static Change change(Ledger before, Ledger after, String subject) {
        var changed = new ArrayList<>(after.issues().values());
        changed.removeIf(issue -> issue.equals(before.issue(issue.id())));
        return new Change(changed, Map.of(), subject);
    }
}
