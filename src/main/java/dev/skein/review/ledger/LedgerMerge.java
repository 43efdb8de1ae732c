package dev.skein.review.ledger;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes one ledger of two that come from the same. Never fails: what cannot be read is in the result as it is. */
public final class LedgerMerge {
    private final Ledger base;
    private final Ledger ours;
    private final Ledger theirs;

    private LedgerMerge(Ledger base, Ledger ours, Ledger theirs) {
        this.base = base;
        this.ours = ours;
        this.theirs = theirs;
    }

    /** Its faults are what is wrong with the merged records, and lines of either side that could not be read. */
    public static Ledger merge(Ledger base, Ledger ours, Ledger theirs) {
        return new LedgerMerge(base, ours, theirs).merged();
    }

    private Ledger merged() {
        var ids = new TreeSet<>(ours.issues().keySet());
        ids.addAll(theirs.issues().keySet());
        var issues = new TreeMap<String, Issue>();
        for (var id : ids) {
            var one = issue(base.issue(id), ours.issue(id), theirs.issue(id));
            if (one != null) {
                issues.put(id, one);
            }
        }
        var read = Ledger.read(new Ledger(issues, others(), List.of()).bytes()); // which checks all that was made
        return new Ledger(issues, others(), read.faults());
    }

    /** What was taken away stays away, unless somebody changed it meanwhile. */
    private static @Nullable Issue issue(@Nullable Issue base, @Nullable Issue ours, @Nullable Issue theirs) {
        if (ours == null || theirs == null) {
            var left = ours == null ? theirs : ours;
            return Issue.isSame(left, base) ? null : left;
        }
        return IssueMerge.merge(base, ours, theirs);
    }

    private List<Ledger.Other> others() {
        var before = new HashSet<>(base.others());
        var one = new HashSet<>(ours.others());
        var other = new HashSet<>(theirs.others());
        var all = new ArrayList<>(ours.others());
        theirs.others().stream().filter(line -> !one.contains(line)).forEach(all::add);
        all.removeIf(line -> line.isSound() && before.contains(line) && !(one.contains(line) && other.contains(line)));
        return all;
    }
}
