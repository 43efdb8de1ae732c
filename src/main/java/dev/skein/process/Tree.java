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
}
