package dev.skein.worker.index.code;

import dev.skein.index.query.Code.Certainty;
import dev.skein.index.query.CodeParts.At;
import dev.skein.index.query.CodeParts.Heard;
import dev.skein.index.query.CodeParts.Meant;
import dev.skein.index.query.CodeParts.Target;
import dev.skein.index.sem.expr.Meaning;
import dev.skein.index.sem.resolve.Occurrence;
import dev.skein.index.sem.type.Member;
import dev.skein.index.sem.type.TypeInfo;
import dev.skein.index.sem.unit.Focus;
import dev.skein.index.sem.unit.ParsedUnit;
import java.util.List;

/** Meanings as declarations that can be sent. */
final class Targets {
    private Targets() {}

    static Meant meant(Session session, At ask) {
        var shard = session.shard(ask.shard().root())
                .filter(each -> each.freshness().shard().equals(ask.shard()));
        if (shard.isEmpty()) {
            return unresolved("moved");
        }
        var unit = session.unit(shard.get(), ask.path());
        var file = session.parsed(shard.get(), ask.path(), text -> Focus.at(text, ask.line(), ask.column()));
        if (unit.isEmpty() || file.isEmpty()) {
            return unresolved(unit.isEmpty() ? "no_file" : "no_text");
        }
        int offset = file.get().offset(ask.line(), ask.column());
        var found = offset < 0 ? null : session.resolver().at(file.get(), unit.get(), offset);
        return found == null
                ? unresolved("no_name")
                : meant(found, file.get(), shard.get().root());
    }

    private static Meant unresolved(String reason) {
        return new Meant(Certainty.UNRESOLVED, reason, "", null, List.of(), "", Heard.NOBODY);
    }

    static Meant with(Meant meant, Heard heard) {
        return new Meant(
                meant.certainty(), meant.reason(), meant.name(), meant.at(), meant.targets(), meant.text(), heard);
    }

    private static Meant meant(Occurrence found, ParsedUnit file, String shard) {
        var at = file.span(found.start(), found.stop());
        var reason = found.meaning() instanceof Meaning.Unknown unknown ? unknown.reason() : "";
        var targets = of(found.meaning(), file, shard);
        var certainty =
                targets.isEmpty() ? Certainty.UNRESOLVED : targets.get(0).certainty();
        var text = found.meaning() instanceof Meaning.Local local
                ? local.variable().type().display() + " " + local.variable().name()
                : "";
        return new Meant(certainty, reason, found.name(), at, targets, text, Heard.NOBODY);
    }

    private static List<Target> of(Meaning meaning, ParsedUnit file, String shard) {
        if (meaning instanceof Meaning.Local local) {
            var span = file.span(local.variable().start(), local.variable().stop());
            return List.of(new Target(Certainty.RESOLVED, "", shard, file.path(), span, null, true));
        }
        if (meaning instanceof Meaning.Members members) {
            var certainty = certainty(members.sure());
            return members.members().stream()
                    .map(member -> of(member, certainty))
                    .toList();
        }
        return meaning instanceof Meaning.Type type ? List.of(of(type.type(), certainty(type.sure()))) : List.of();
    }

    static Certainty certainty(boolean sure) {
        return sure ? Certainty.RESOLVED : Certainty.POSSIBLE;
    }

    static Target of(Member member, Certainty certainty) {
        var owner = member.owner();
        boolean local = member.isPrivate() || isLocal(owner);
        var at = member.symbol().name();
        var unit = owner.unit();
        return new Target(certainty, owner.name(), unit.shard(), unit.path(), at, member.symbol(), local);
    }

    static Target of(TypeInfo type, Certainty certainty) {
        var unit = type.unit();
        var at = type.symbol().name();
        return new Target(certainty, type.name(), unit.shard(), unit.path(), at, type.symbol(), isLocal(type));
    }

    private static boolean isLocal(TypeInfo type) {
        return type.name().indexOf('@') >= 0;
    }
}
