package dev.skein.worker.index.code;

import dev.skein.index.code.ShardCode;
import dev.skein.index.query.Queries.Freshness;
import dev.skein.index.search.ShardSymbols;
import java.util.List;

/** One shard of this worker at the time of a question. */
public record HeldShard(Freshness freshness, ShardCode code, ShardSymbols symbols) {
    /** The shards of this worker; asked on its event loop. */
    public interface All {
        /** Those of one workspace, by its id. */
        List<HeldShard> of(String workspace);
    }

    String root() {
        return freshness.shard().root();
    }
}
