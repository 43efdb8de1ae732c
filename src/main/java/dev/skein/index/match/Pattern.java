package dev.skein.index.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a name is matched with. Immutable; the scratch space is the caller's {@link Scorer}. */
public final class Pattern {
    private final byte[] typed;
    private final byte[] folded;
    private final long mask;
    private final boolean ascii;
    private final List<String> clusters;
    private final long clusterMask; // of the folded clusters; names of ASCII without these cannot match by folding

    public Pattern(String text) {
        typed = text.getBytes(StandardCharsets.UTF_8);
        folded = typed.clone();
        for (int i = 0; i < folded.length; i++) {
            folded[i] = Scorer.fold(folded[i]);
        }
        mask = NameMask.of(folded);
        ascii = (mask & NameMask.BEYOND_ASCII) == 0;
        clusters = List.copyOf(new Clusters(text).folded);
        clusterMask = NameMask.of(String.join("", clusters).getBytes(StandardCharsets.UTF_8));
    }

    public boolean isEmpty() {
        return typed.length == 0;
    }

    byte[] folded() {
        return folded;
    }

    public int bytes() {
        return typed.length;
    }

    /** Whether a name with this {@link NameMask#folded} may match; cheap, and never wrong when it says no. */
    public boolean mayMatch(long nameMask) {
        return (clusterMask & ~nameMask) == 0 || (mask & ~nameMask) == 0;
    }

    /** Whether the name matches at all. */
    public boolean matches(byte[] name, long nameMask) {
        if (isEmpty() || (ascii && Scorer.isSubsequence(folded, name))) {
            return true;
        }
        return needsFolding(nameMask) && byClusters(name) != Rank.NONE;
    }

    /**
     * How well the name matches, or {@link Rank#NONE}.
     *
     * @param least a rank below which the exact value does not matter: a match then may get any rank below it
     */
    public long rank(byte[] name, long nameMask, long least, Scorer scorer) {
        if (isEmpty()) {
            return Rank.prefix(0);
        }
        if (!ascii && byClusters(name) == Rank.NONE) {
            return Rank.NONE; // at most halves of what people see as one character are the same
        }
        if (Scorer.isPrefix(folded, name)) {
            return Scorer.prefix(name.length);
        }
        if (Scorer.isSubsequence(folded, name)) {
            long most = Scorer.most(typed.length, name.length);
            return most < least ? most : scorer.fuzzy(typed, folded, name);
        }
        return needsFolding(nameMask) ? byClusters(name) : Rank.NONE;
    }

    /**
     * The same for names of nothing but ASCII, of which none can match if it is empty. Characters beyond ASCII may fold
     * to some that such names have, in whatever case.
     */
    public Optional<PlainPattern> plain() {
        if (ascii) {
            return Optional.of(new PlainPattern(typed, folded));
        }
        var text = String.join("", clusters).getBytes(StandardCharsets.UTF_8);
        if (text.length != clusters.size() || !Letters.isPlain(text)) {
            return Optional.empty();
        }
        var noCase = new byte[text.length];
        Arrays.fill(noCase, (byte) -1);
        return Optional.of(new PlainPattern(noCase, text));
    }

    private boolean needsFolding(long nameMask) {
        return !ascii || nameMask < 0;
    }

    private long byClusters(byte[] name) {
        return Scorer.clusters(clusters, new Clusters(new String(name, StandardCharsets.UTF_8)));
    }
}
