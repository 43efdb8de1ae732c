package dev.skein.worker.index.code;

import dev.skein.index.query.Code.Place;
import dev.skein.index.query.CodeParts.Above;
import dev.skein.index.query.CodeParts.Below;
import dev.skein.index.query.CodeParts.Heard;
import dev.skein.index.query.CodeParts.Overriding;
import dev.skein.index.query.CodeParts.Places;
import dev.skein.index.query.CodeParts.Target;
import dev.skein.index.sem.type.Hierarchy;
import dev.skein.index.sem.type.JType;
import dev.skein.index.sem.type.Member;
import dev.skein.index.sem.type.TypeInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Types above and below others, and methods that override others. */
final class Kin {
    private final Session session;
    private final List<Place> places = new ArrayList<>();
    private final List<String> owners = new ArrayList<>();

    private Kin(Session session) {
        this.session = session;
    }

    private Places found() {
        return new Places(places, owners, places.size(), Heard.NOBODY);
    }

    private void add(TypeInfo type) {
        boolean doubtful = session.resolver().names().isDoubtful(type.name());
        add(Targets.of(type, Targets.certainty(!doubtful)));
        owners.add(type.name());
    }

    private void add(Target target) {
        var symbol = target.symbol();
        var line = symbol == null ? "" : (symbol.identifier() + symbol.parameters() + " " + symbol.type()).strip();
        places.add(new Place(target.certainty(), target.path(), target.at(), symbol, line));
    }

    /** Types of which one of these is a direct supertype; the files that name it have them. */
    static Places below(Session session, Below ask) {
        var kin = new Kin(session);
        var wanted = new HashSet<>(ask.types());
        for (var ref : ask.shards()) {
            session.shard(ref.root())
                    .filter(each -> each.freshness().shard().equals(ref))
                    .ifPresent(shard -> kin.below(shard, wanted));
        }
        return kin.found();
    }

    private void below(HeldShard shard, Set<String> wanted) {
        var paths = new HashSet<String>();
        var words = new HashSet<String>();
        wanted.forEach(type -> words.add(type.substring(type.lastIndexOf('.') + 1)));
        words.forEach(word -> paths.addAll(shard.code().having(word)));
        for (var path : paths.stream().sorted().toList()) {
            session.check();
            session.unit(shard, path)
                    .ifPresent(unit -> unit.types().values().stream()
                            .filter(type ->
                                    words.stream().anyMatch(type.symbol().type()::contains))
                            .filter(type -> isBelow(type, wanted))
                            .forEach(this::add));
        }
    }

    private boolean isBelow(TypeInfo type, Set<String> wanted) {
        return session.resolver().names().supertypes(type).stream()
                .anyMatch(above -> above.info() != null && wanted.contains(above.name()));
    }

    /** All types above one that files declare, the nearest first. */
    static Places above(Session session, Above ask) {
        var kin = new Kin(session);
        session.shard(ask.shard().root())
                .flatMap(shard -> session.unit(shard, ask.path()))
                .flatMap(unit -> Optional.ofNullable(unit.types().get(ask.type())))
                .ifPresent(kin::above);
        return kin.found();
    }

    private void above(TypeInfo type) {
        var seen = new HashSet<TypeInfo>();
        seen.add(type);
        for (JType each : session.resolver().hierarchy().lineage(JType.itself(type))) {
            var info = each.info();
            if (info != null && !info.unit().path().isEmpty() && seen.add(info)) {
                add(info);
            }
        }
    }

    static Places overriding(Session session, Overriding ask) {
        var kin = new Kin(session);
        for (var upper : session.world().find(ask.method().owner())) {
            upper.members().stream()
                    .filter(member -> member.symbol().name().equals(ask.method().at()))
                    .findFirst()
                    .ifPresent(member -> kin.overriding(member, ask));
        }
        return kin.found();
    }

    private void overriding(Member method, Overriding ask) {
        for (var ref : ask.shards()) {
            var shard = session.shard(ref.root());
            for (var name : shard.isEmpty() ? List.<String>of() : ask.types()) {
                for (var path : shard.get().code().declaring(name)) {
                    session.unit(shard.get(), path)
                            .flatMap(unit -> Optional.ofNullable(unit.types().get(name)))
                            .ifPresent(type -> overriding(method, type));
                }
            }
        }
    }

    private void overriding(Member method, TypeInfo type) {
        type.members().stream()
                .filter(member -> member.isMethod() && !member.isConstructor() && !member.isStatic())
                .filter(member -> Hierarchy.overrides(member, method))
                .forEach(member -> add(Targets.of(member, Targets.certainty(true))));
    }
}
