package dev.skein.router.index.code;

import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.query.Claims;
import dev.skein.index.query.CodeParts.Heard;
import dev.skein.index.query.Queries.Coverage;
import dev.skein.index.query.Queries.Freshness;
import dev.skein.index.query.Queries.Missing;
import dev.skein.router.index.feed.Feed.Reached;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which shards had a part in an answer, in whatever order they are heard of. Confined to one event loop. */
final class Parts {
    private final Map<String, Reached> reached;
    private final Map<String, Freshness> heard = new TreeMap<>(); // by root
    private final Map<String, String> missing = new TreeMap<>(); // codes

    /** @param reached how far shards are that are fed from here, by root; empty for others */
    Parts(Map<String, Reached> reached) {
        this.reached = reached;
    }

    void asked(Ref shard) {
        missing.putIfAbsent(shard.root(), "moved"); // until it is heard of
    }

    void heard(Heard part) {
        part.shards().forEach(each -> heard.put(each.shard().root(), each));
        part.missing().forEach(each -> missing.put(each.shard(), each.code()));
    }

    void lost(String root, Throwable cause) {
        missing.put(root, Claims.codeOf(cause));
    }

    void lost(String root, String code) {
        missing.put(root, code);
    }

    Coverage coverage() {
        var roots = new TreeSet<>(heard.keySet());
        roots.addAll(missing.keySet());
        var absent = new ArrayList<Missing>();
        boolean stale = false;
        long asOf = Long.MAX_VALUE;
        long overlay = Long.MAX_VALUE;
        int answered = 0;
        for (var root : roots) {
            var fresh = heard.get(root);
            var code = missing.get(root);
            var its = reached.get(root);
            boolean isOld = fresh != null && (fresh.stale() || its != null && !its.current());
            stale |= isOld;
            if (fresh != null) {
                overlay = Math.min(overlay, isOld || its == null ? fresh.revision() : its.revision());
            }
            if (fresh != null && fresh.complete() && (code == null || code.equals("moved"))) {
                answered++;
                asOf = Math.min(asOf, fresh.asOfMillis());
            } else {
                absent.add(new Missing(
                        root, fresh != null && !fresh.complete() ? "building" : code == null ? "moved" : code));
            }
        }
        boolean isNone = answered == 0;
        return new Coverage(answered, roots.size(), stale, isNone ? 0 : asOf, heard.isEmpty() ? 0 : overlay, absent);
    }
}
