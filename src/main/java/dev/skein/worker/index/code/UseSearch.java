package dev.skein.worker.index.code;

import dev.skein.index.query.Code.Certainty;
import dev.skein.index.query.Code.Place;
import dev.skein.index.query.CodeParts.Places;
import dev.skein.index.query.CodeParts.Target;
import dev.skein.index.query.CodeParts.Uses;
import dev.skein.index.sem.expr.Meaning;
import dev.skein.index.sem.resolve.Occurrence;
import dev.skein.index.sem.type.Hierarchy;
import dev.skein.index.sem.type.JType;
import dev.skein.index.sem.type.Member;
import dev.skein.index.sem.unit.Focus;
import dev.skein.index.sem.unit.ParsedUnit;
import dev.skein.index.symbol.Symbol;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds who refers to a declaration: the files that have its name as a word, some of them at a time, and in each the
 * names that mean it. Ends where it has found more that surely do than it was asked for, since nothing that comes later
 * would be shown.
 */
final class UseSearch {
    private static final int FILES = 24; // whose trees are held at once

    private final Rounds rounds;
    private final Uses ask;
    private final List<Place> sure = new ArrayList<>(); // as many as are asked for, as are the possible ones
    private final List<Place> possible = new ArrayList<>();
    private long sureTotal;
    private long total;

    private record Candidate(HeldShard shard, String path) {}

    UseSearch(Rounds rounds, Uses ask) {
        this.rounds = rounds;
        this.ask = ask;
    }

    Future<Places> run() {
        return rounds.run(this::candidates).compose(files -> next(files, 0)).map(done -> {
            var shown = Stream.concat(sure.stream(), possible.stream())
                    .limit(ask.limit())
                    .toList();
            return new Places(shown, List.of(), total, rounds.heard());
        });
    }

    private List<Candidate> candidates(Session session) {
        var target = ask.target();
        var files = new ArrayList<Candidate>();
        for (var ref : ask.shards()) {
            var shard = session.shard(ref.root())
                    .filter(each -> each.freshness().shard().equals(ref));
            if (shard.isPresent()) {
                session.check();
                var paths = target.local()
                        ? List.of(target.path())
                        : shard.get().code().having(word());
                paths.forEach(path -> files.add(new Candidate(shard.get(), path)));
            }
        }
        return files;
    }

    private String word() {
        var symbol = ask.target().symbol();
        return symbol == null ? "" : symbol.identifier();
    }

    private Future<Void> next(List<Candidate> files, int from) {
        if (from >= files.size() || sureTotal > ask.limit()) {
            return Future.succeededFuture();
        }
        var some = files.subList(from, Math.min(files.size(), from + FILES));
        return rounds.run(session -> search(session, some)).compose(places -> {
            places.forEach(this::found);
            return next(files, from + FILES);
        });
    }

    private void found(Place place) {
        boolean isSure = place.certainty() == Certainty.RESOLVED;
        var kept = isSure ? sure : possible;
        if (kept.size() < ask.limit()) {
            kept.add(place);
        }
        total++;
        sureTotal += isSure ? 1 : 0;
    }

    private List<Place> search(Session session, List<Candidate> files) {
        var places = new ArrayList<Place>();
        var matcher = new Matcher(session, ask.target());
        for (var file : files) {
            session.check();
            var unit = session.unit(file.shard, file.path);
            var parsed = session.parsed(file.shard, file.path, text -> Focus.on(text, word()));
            if (unit.isEmpty() || parsed.isEmpty()) {
                continue;
            }
            var symbols = file.shard
                    .symbols()
                    .table(file.path)
                    .map(table -> table.symbols())
                    .orElse(List.of());
            session.resolver()
                    .occurrences(parsed.get(), unit.get(), matcher.named(parsed.get()))
                    .forEach(each -> matcher.match(each, file.path, parsed.get())
                            .ifPresent(certainty -> places.add(place(certainty, each, parsed.get(), symbols))));
        }
        if (!session.world().isPending()) {
            session.next();
        }
        return places;
    }

    private static Place place(Certainty certainty, Occurrence each, ParsedUnit file, List<Symbol> symbols) {
        var at = file.span(each.start(), each.stop());
        Symbol around = null;
        for (var symbol : symbols) { // those around others come first
            var range = symbol.range();
            boolean begins = range.line() < at.line() || (range.line() == at.line() && range.column() <= at.column());
            boolean ends = range.endLine() > at.line()
                    || (range.endLine() == at.line() && range.endColumn() >= at.endColumn());
            around = begins && ends && !symbol.kind().isExtra() ? symbol : around;
        }
        return new Place(certainty, file.path(), at, around, Lines.of(file.text(), each.start()));
    }

    /** Whether a name means what is looked for. */
    private static final class Matcher {
        private final Session session;
        private final Target target;
        private final String name;

        Matcher(Session session, Target target) {
            this.session = session;
            this.target = target;
            this.name = target.symbol() == null ? "" : target.symbol().identifier();
        }

        /** Names that are spelled as the declaration is. */
        Occurrence.Wanted named(ParsedUnit file) {
            var spelled = name.isEmpty() ? spelled(file) : name;
            return (word, start, stop) -> word.equals(spelled);
        }

        private String spelled(ParsedUnit file) {
            int from = file.offset(target.at().line(), target.at().column());
            int to = file.offset(target.at().endLine(), target.at().endColumn());
            return from < 0 || to < from ? "" : file.text().substring(from, to);
        }

        Optional<Certainty> match(Occurrence each, String path, ParsedUnit file) {
            if (each.declares()) {
                return Optional.empty();
            }
            if (each.meaning() instanceof Meaning.Local local) {
                boolean same = target.symbol() == null
                        && path.equals(target.path())
                        && file.span(local.variable().start(), local.variable().stop())
                                .equals(target.at());
                return same ? Optional.of(Certainty.RESOLVED) : Optional.empty();
            }
            var symbol = target.symbol();
            return symbol == null ? Optional.empty() : symbol.kind().isType() ? type(each) : member(each.meaning());
        }

        private Optional<Certainty> type(Occurrence each) {
            var made = each.constructed();
            if (made != null
                    && made.name().equals(target.owner())
                    && made.unit().path().equals(target.path())) {
                return Optional.of(Certainty.RESOLVED);
            }
            if (each.meaning() instanceof Meaning.Type type
                    && type.type().name().equals(target.owner())
                    && type.type().unit().path().equals(target.path())) {
                return Optional.of(Targets.certainty(type.sure()));
            }
            return Optional.empty();
        }

        private Optional<Certainty> member(Meaning meaning) {
            if (meaning instanceof Meaning.Unknown unknown) {
                boolean perhaps = unknown.reason().equals("receiver");
                return perhaps ? Optional.of(Certainty.POSSIBLE) : Optional.empty();
            }
            if (!(meaning instanceof Meaning.Members members)) {
                return Optional.empty();
            }
            for (var member : members.members()) {
                if (isTarget(member)) {
                    return Optional.of(Targets.certainty(members.sure()));
                }
            }
            boolean related = members.members().stream().anyMatch(this::mayBe);
            return related ? Optional.of(Certainty.POSSIBLE) : Optional.empty();
        }

        private boolean isTarget(Member member) {
            return member.owner().name().equals(target.owner())
                    && member.owner().unit().path().equals(target.path())
                    && member.symbol().name().equals(target.at());
        }

        /** A call of a method that this one overrides, or that overrides it. */
        private boolean mayBe(Member member) {
            var mine = mine();
            if (mine == null || !member.isMethod() || member.isConstructor()) {
                return false;
            }
            boolean same = Hierarchy.overrides(mine, member) || Hierarchy.overrides(member, mine);
            return same && (isBelow(mine, member) || isBelow(member, mine));
        }

        private boolean isBelow(Member lower, Member upper) {
            return Boolean.TRUE.equals(
                    session.resolver().hierarchy().isBelow(JType.itself(lower.owner()), JType.itself(upper.owner())));
        }

        private @Nullable Member mine() {
            for (var type : session.world().find(target.owner())) {
                for (var member : type.members()) {
                    if (isTarget(member)) {
                        return member;
                    }
                }
            }
            return null;
        }
    }
}
