package dev.skein.index.query;

import dev.skein.bus.Endpoint;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.query.Code.Certainty;
import dev.skein.index.query.Code.Fault;
import dev.skein.index.query.Code.Place;
import dev.skein.index.query.Queries.Freshness;
import dev.skein.index.query.Queries.Missing;
import dev.skein.index.symbol.Span;
import dev.skein.index.symbol.Symbol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What routers ask workers about code, and workers each other. Each worker answers for the shards it has. */
public final class CodeParts {
    /**
     * Who asks and how long for.
     *
     * @param id by which it may be called off
     * @param workspace its name
     */
    public record Asked(String id, String workspace, int millisMax) {}

    /** A name at a place in a file of a shard. */
    public record At(Asked asked, Ref shard, String path, int line, int column) {}

    /** What had a part in an answer. */
    public record Heard(List<Freshness> shards, List<Missing> missing) {
        public static final Heard NOBODY = new Heard(List.of(), List.of());

        public Heard {
            shards = List.copyOf(shards);
            missing = List.copyOf(missing);
        }
    }

    /**
     * A declaration.
     *
     * @param owner qualified name of the type it is a member of; of itself for a type; empty for what is local
     * @param shard root of the shard that has it
     * @param local whether only its own file can refer to it
     */
    public record Target(
            Certainty certainty,
            String owner,
            String shard,
            String path,
            Span at,
            @Nullable Symbol symbol,
            boolean local) {}

    /** What the name at a place is; {@code text} is the type and name of a local variable. */
    public record Meant(
            Certainty certainty,
            String reason,
            String name,
            @Nullable Span at,
            List<Target> targets,
            String text,
            Heard heard) {
        public Meant {
            targets = List.copyOf(targets);
        }
    }

    /** Who refers to a declaration, in some shards. */
    public record Uses(Asked asked, List<Ref> shards, Target target, int limit) {
        public Uses {
            shards = List.copyOf(shards);
        }
    }

    /** Types directly below types, in some shards. */
    public record Below(Asked asked, List<Ref> shards, List<String> types) {
        public Below {
            shards = List.copyOf(shards);
            types = List.copyOf(types);
        }
    }

    /** The types above one, from the shard that has it. */
    public record Above(Asked asked, Ref shard, String path, String type) {}

    /** Members of types that override one, in some shards. */
    public record Overriding(Asked asked, List<Ref> shards, List<String> types, Target method) {
        public Overriding {
            shards = List.copyOf(shards);
            types = List.copyOf(types);
        }
    }

    /** Some places; {@code owners} are the qualified names of types, where places are those. */
    public record Places(List<Place> places, List<String> owners, long total, Heard heard) {
        public Places {
            places = List.copyOf(places);
            owners = List.copyOf(owners);
        }
    }

    /** The head of a declaration in a file of a shard. */
    public record Describe(Ref shard, String path, Span at) {}

    public record Described(String declaration, String documentation) {}

    /** Which files declare types, by qualified names. */
    public record Wanted(List<Ref> shards, List<String> types) {
        public Wanted {
            shards = List.copyOf(shards);
            types = List.copyOf(types);
        }
    }

    /**
     * What one file tells others.
     *
     * @param shard root of its shard
     * @param imports a line each
     * @param table of its symbols, packed; nobody may change it
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Card(String shard, String path, String imports, byte[] table) {}

    public record Cards(List<Freshness> shards, List<Card> cards) {
        public Cards {
            shards = List.copyOf(shards);
            cards = List.copyOf(cards);
        }
    }

    public record Look(Ref shard, String path) {}

    public record Looked(List<Freshness> shards, List<Fault> faults) {
        public Looked {
            shards = List.copyOf(shards);
            faults = List.copyOf(faults);
        }
    }

    public static final Endpoint<At, Meant> MEANING = new Endpoint<>("index.meaning.v1", At.class, Meant.class);

    public static final Endpoint<Uses, Places> USES = new Endpoint<>("index.uses.v1", Uses.class, Places.class);

    public static final Endpoint<Below, Places> BELOW = new Endpoint<>("index.below.v1", Below.class, Places.class);

    public static final Endpoint<Above, Places> ABOVE = new Endpoint<>("index.above.v1", Above.class, Places.class);

    public static final Endpoint<Overriding, Places> OVERRIDING =
            new Endpoint<>("index.overriding.v1", Overriding.class, Places.class);

    public static final Endpoint<Describe, Described> DESCRIBE =
            new Endpoint<>("index.describe.v1", Describe.class, Described.class);

    public static final Endpoint<Wanted, Cards> CARDS = new Endpoint<>("index.cards.v1", Wanted.class, Cards.class);

    public static final Endpoint<Look, Looked> CHECK = new Endpoint<>("index.check.v1", Look.class, Looked.class);

    private CodeParts() {}
}
