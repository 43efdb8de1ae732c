package dev.skein.index.query;

import dev.skein.bus.Endpoint;
import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.match.Query;
import dev.skein.index.search.Hit;
import dev.skein.index.search.SymbolQuery;
import dev.skein.index.search.SymbolQuery.Order;
import dev.skein.index.symbol.SymbolKind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may be asked about symbols. */
public final class Queries {
    /** What is looked for, as a message. */
    public record Wanted(String text, Set<SymbolKind> kinds, int limit, Order order) {
        public Wanted {
            kinds = Set.copyOf(kinds);
        }

        public SymbolQuery query() {
            return new SymbolQuery(order == Order.NOVA ? Query.plain(text) : Query.of(text), kinds, limit, order);
        }
    }

    /** Symbols of a workspace, by its name. */
    public record Symbols(String workspace, Wanted wanted) {}

    /** The symbols of one file, by the workspace's name and the file's path in it. */
    public record Outline(String workspace, String path) {}

    /** How the shards of a workspace are, by its name. */
    public record Status(String workspace) {}

    /**
     * How much of a workspace an answer is made of, and how fresh.
     *
     * @param stale whether any of it may be older than what is on disk
     * @param asOfMillis when the oldest part was last compared with the disk, in milliseconds since 1970; 0 for never
     * @param overlayVersion the revision up to which all changes of open documents are in it; 0 when that is not known
     */
    public record Coverage(
            int shardsAnswered,
            int shardsTotal,
            boolean stale,
            long asOfMillis,
            long overlayVersion,
            List<Missing> missing) {
        public Coverage {
            missing = List.copyOf(missing);
        }
    }

    /**
     * A shard that did not answer, and why.
     *
     * @param code {@code no_worker}, {@code moved}, {@code unreachable}, {@code timeout}, {@code refused} or {@code
     *     building}; of the last there may be hits already
     */
    public record Missing(String shard, String code) {}

    /**
     * The best, in order.
     *
     * @param total how many match in the shards that answered
     */
    public record Answer(List<Hit> hits, long total, Coverage coverage) {
        public Answer {
            hits = List.copyOf(hits);
        }
    }

    /** How the shards are that answered. */
    public record Statuses(List<ShardStatus> shards, Coverage coverage) {
        public Statuses {
            shards = List.copyOf(shards);
        }
    }

    /** A question to one worker about shards of its own; it gives up after {@code millisMax}. */
    public record Search(List<Ref> shards, Wanted wanted, int millisMax) {
        public Search {
            shards = List.copyOf(shards);
        }
    }

    /** The symbols of one file of a shard. */
    public record Look(Ref shard, String path) {}

    public record StatusOf(List<Ref> shards) {
        public StatusOf {
            shards = List.copyOf(shards);
        }
    }

    /**
     * How fresh a shard is.
     *
     * @param complete whether it ever held all there was; if not it is being built for the first time
     * @param revision up to which it has all changes of open documents, as its router last said; 0 for never
     */
    public record Freshness(Ref shard, boolean complete, boolean stale, long asOfMillis, long revision) {}

    /** What one worker found, in those shards that it has. */
    public record Part(List<Freshness> shards, List<Hit> hits, long total) {
        public Part {
            shards = List.copyOf(shards);
            hits = List.copyOf(hits);
        }
    }

    /**
     * One shard in numbers.
     *
     * @param worker who says so
     * @param bytes of packed symbols
     */
    public record ShardStatus(
            Freshness freshness,
            @Nullable String worker,
            int files,
            long symbols,
            long bytes,
            List<Fault> faults,
            Copied copied) {
        public ShardStatus {
            faults = List.copyOf(faults);
        }

        /** As it was told by the owner, with what the leader knows. */
        public ShardStatus by(@Nullable String owner, @Nullable String spare) {
            return new ShardStatus(freshness, owner, files, symbols, bytes, faults, copied.by(spare));
        }
    }

    /**
     * What has moved of a shard.
     *
     * @param received contents that came to the owner since it has the shard
     * @param spare another worker, which keeps a copy on its disk
     * @param spareAsOfMillis when the root was looked at whose files are in that copy, in milliseconds since 1970; 0
     *     while it is not whole
     */
    public record Copied(long received, @Nullable String spare, long spareAsOfMillis) {
        Copied by(@Nullable String other) {
            return new Copied(received, other, other == null ? 0 : spareAsOfMillis);
        }
    }

    public record StatusPart(List<ShardStatus> shards) {
        public StatusPart {
            shards = List.copyOf(shards);
        }
    }

    /** Served by each router. Fails with 404 {@code workspace_not_found}. */
    public static final Endpoint<Symbols, Answer> SYMBOLS =
            new Endpoint<>("index.symbols.v1", Symbols.class, Answer.class);

    /** As {@link #SYMBOLS}; a file in no shard has no symbols. */
    public static final Endpoint<Outline, Answer> OUTLINE =
            new Endpoint<>("index.outline.v1", Outline.class, Answer.class);

    public static final Endpoint<Status, Statuses> STATUS =
            new Endpoint<>("index.status.v1", Status.class, Statuses.class);

    /** Served by each worker, as are the next two; shards that it does not have under that epoch are left out. */
    public static final Endpoint<Search, Part> SEARCH = new Endpoint<>("index.search.v1", Search.class, Part.class);

    public static final Endpoint<Look, Part> LOOK = new Endpoint<>("index.look.v1", Look.class, Part.class);

    public static final Endpoint<StatusOf, StatusPart> STATUS_OF =
            new Endpoint<>("index.status-of.v1", StatusOf.class, StatusPart.class);

    private Queries() {}
}
