package dev.skein.process;

import dev.skein.process.ProcessTable.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The processes of one command: its session, whatever a member has started, and whatever was a member once. Not
 * thread-safe.
 */
final class Tree {
    private final long leader;
    private final String mark;
    private final Map<Long, Long> known = new HashMap<>(); // number to when it started

    /** @param mark entry of the environment that all of them were started with */
    Tree(long leader, String mark) {
        this.leader = leader;
        this.mark = mark;
    }

    /** Those that live; the whole table is needed. */
    List<Row> members(List<Row> table) {
        var members = new ArrayList<Row>();
        boolean grows = true;
        var found = new HashMap<Long, Row>();
        while (grows) {
            grows = false;
            for (var row : table) {
                if (!found.containsKey(row.pid()) && isMember(row)) {
                    found.put(row.pid(), row);
                    known.put(row.pid(), row.started());
                    grows = true;
                }
            }
        }
        known.keySet().retainAll(found.keySet());
        found.values().stream().filter(row -> !row.isGone()).forEach(members::add);
        return members;
    }

    /** Those that live, also when they left the session and lost their parents unseen; costs more. */
    List<Row> strays(List<Row> table) {
        long self = ProcessHandle.current().pid();
        long began = table.stream()
                .filter(row -> row.pid() == self)
                .mapToLong(Row::started)
                .findFirst()
                .orElse(0);
        for (var row : table) {
            if (row.started() >= began && !row.isGone() && ProcessTable.bears(row.pid(), mark)) {
                known.put(row.pid(), row.started());
            }
        }
        return members(table);
    }

    private boolean isMember(Row row) {
        if (row.session() == leader || row.pid() == leader) {
            return true;
        }
        var started = known.get(row.pid());
        return started != null && started == row.started() || known.containsKey(row.parent());
    }

    /**
     * What the processes of one command hold together, and whether that is more than they may. The sum of what each has
     * resident counts shared parts again and again, but it is cheap, and it is never too little: only when it passes
     * the cap is the kernel asked how much it is in truth. Not thread-safe.
     */
    static final class Footprint {
        /** So many are asked for at each look; of more, all at every second, third and so on. */
        private static final int ASKED_PER_LOOK = 64;

        private final long capBytes;
        private long bytes;
        private int looksToSkip;
        private Verdict last = Verdict.WITHIN;

        /** What is known after a look. */
        enum Verdict {
            WITHIN,
            /** More than the cap for a moment: a program that is being started borrows its parent's memory. */
            SUSPECTED,
            /** More than the cap at two looks in a row. */
            EXCEEDED
        }

        /** @param capBytes 0 for none */
        Footprint(long capBytes) {
            this.capBytes = capBytes;
        }

        /** Looks at them. */
        Verdict look(List<Row> members) {
            long resident = members.stream().mapToLong(Row::residentBytes).sum();
            if (capBytes <= 0 || resident <= capBytes) {
                bytes = resident;
                looksToSkip = 0;
                last = Verdict.WITHIN;
                return last;
            }
            if (looksToSkip-- > 0) {
                return Verdict.WITHIN;
            }
            long held = ProcessTable.proportionalBytes(members);
            if (held <= capBytes) {
                bytes = held;
                looksToSkip = members.size() / ASKED_PER_LOOK;
                last = Verdict.WITHIN;
                return last;
            }
            looksToSkip = 0;
            if (last == Verdict.WITHIN) {
                last = Verdict.SUSPECTED;
                return last;
            }
            bytes = held;
            last = Verdict.EXCEEDED;
            return last;
        }

        /** Of all of them together, shared parts once; never what is only suspected. */
        long bytes() {
            return bytes;
        }
    }
}
