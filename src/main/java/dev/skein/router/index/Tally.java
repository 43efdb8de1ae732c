package dev.skein.router.index;

import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.query.Claims;
import dev.skein.index.query.Queries.Coverage;
import dev.skein.index.query.Queries.Freshness;
import dev.skein.index.query.Queries.Missing;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.router.index.feed.Feed.Reached;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which shards have answered one question, and why the others have not. */
final class Tally {
    private final Map<String, Shard> asked = new TreeMap<>(); // by root
    private final Map<String, Freshness> heard = new TreeMap<>();
    private final Map<String, String> lost = new TreeMap<>(); // codes
    private final String workspace;
    private final Map<String, Reached> reached; // when the question was asked; empty unless fed from here

    Tally(View view, List<Shard> shards, Map<String, Reached> reached) {
        this.workspace = view.id();
        this.reached = reached;
        shards.forEach(shard -> asked.put(shard.root(), shard));
    }

    /** Who is to be asked about what. */
    Map<Ref, String> reachable() {
        var nodes = new LinkedHashMap<Ref, String>();
        asked.values().forEach(shard -> {
            if (shard.node() == null) {
                lost.put(shard.root(), shard.worker() == null ? "no_worker" : "unreachable");
            } else {
                nodes.put(new Ref(workspace, shard.root(), shard.epoch()), shard.node());
            }
        });
        return nodes;
    }

    void heard(Freshness freshness) {
        heard.put(freshness.shard().root(), freshness);
    }

    void lost(Ref shard, Throwable cause) {
        lost.put(shard.root(), Claims.codeOf(cause));
    }

    @Nullable
    Shard asked(Ref shard) {
        return asked.get(shard.root());
    }

    Coverage coverage() {
        int answered = 0;
        boolean stale = false;
        long asOf = Long.MAX_VALUE;
        long overlay = Long.MAX_VALUE;
        var missing = new ArrayList<Missing>();
        for (var root : asked.keySet()) {
            var freshness = heard.get(root);
            if (freshness == null) {
                missing.add(new Missing(root, lost.getOrDefault(root, "moved")));
                continue;
            }
            if (freshness.complete()) {
                answered++;
                asOf = Math.min(asOf, freshness.asOfMillis());
            } else {
                missing.add(new Missing(root, "building"));
            }
            var its = reached.get(root);
            boolean isOld = freshness.stale() || its != null && !its.current();
            stale |= isOld;
            overlay = Math.min(overlay, isOld || its == null ? freshness.revision() : its.revision());
        }
        boolean isNone = answered == 0;
        return new Coverage(answered, asked.size(), stale, isNone ? 0 : asOf, heard.isEmpty() ? 0 : overlay, missing);
    }
}
