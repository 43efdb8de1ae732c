package dev.skein.index.sem.resolve;

import dev.skein.index.sem.expr.Meaning;
import dev.skein.index.sem.expr.Meaning.Members;
import dev.skein.index.sem.expr.Meaning.Type;
import dev.skein.index.sem.expr.Meaning.Unknown;
import dev.skein.index.sem.expr.Overloads.Choice;
import dev.skein.index.sem.expr.Scope;
import dev.skein.index.sem.expr.Typer;
import dev.skein.index.sem.type.Hierarchy.Seen;
import dev.skein.index.sem.type.JType;
import dev.skein.index.sem.type.JType.Kind;
import dev.skein.index.sem.type.Member;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.jspecify.annotations.Nullable;

/** What calls, constructors and imports mean. */
final class Meanings {
    private final Typer typer;

    Meanings(Typer typer) {
        this.typer = typer;
    }

    Meaning call(MessageSend call, Scope scope) {
        var choice = typer.calls.choice(call, scope);
        if (!choice.candidates().isEmpty()) {
            boolean isWhole = !call.receiverIsImplicitThis()
                    || isWhole(scope, choice.candidates().get(0));
            return of(choice.candidates(), choice.sure() && isWhole);
        }
        if (call.receiverIsImplicitThis()) {
            return new Unknown("name");
        }
        return unknown(typer.calls.receiver(call, scope));
    }

    /** Whether no type around, up to the one that has the method, may inherit another from outside. */
    private boolean isWhole(Scope from, Seen found) {
        for (var scope = from; scope != null; scope = scope.outer()) {
            var body = scope.bodyOf();
            if (body == null) {
                continue;
            }
            if (body == found.site().info()
                    || Boolean.TRUE.equals(typer.hierarchy.isBelow(JType.itself(body), found.site()))) {
                return true;
            }
            if (!typer.hierarchy.isWhole(JType.itself(body))) {
                return false;
            }
        }
        return true;
    }

    private Meaning unknown(JType receiver) {
        if (receiver.kind() == Kind.OUTSIDE) {
            return new Unknown("outside");
        }
        if (!receiver.isKnown()) {
            return new Unknown("receiver");
        }
        return new Unknown(typer.hierarchy.isWhole(receiver) ? "implicit" : "outside");
    }

    /** Those of the platform have no source, so there is no answer where one of them is likely. */
    Meaning of(List<Seen> seen, boolean sure) {
        var members = new ArrayList<Member>();
        boolean doubtful = false;
        for (var each : seen) {
            if (each.member().owner().unit().path().isEmpty()) {
                return new Unknown("outside");
            }
            members.add(each.member());
            doubtful |= typer.names.isDoubtful(each.member().owner().name());
        }
        return members.isEmpty() ? new Unknown("name") : new Members(members, sure && !doubtful && members.size() == 1);
    }

    Meaning constructor(AllocationExpression made, Scope scope) {
        var info = typer.type(made, scope).info();
        var choice = info == null ? Choice.NONE : typer.calls.constructor(made, scope);
        return choice.candidates().isEmpty()
                ? typer.chains.typeLink(typer.type(made, scope)).meaning()
                : of(choice.candidates(), choice.sure());
    }

    Meaning reference(ReferenceExpression reference, JType wanted, Scope scope) {
        var functions = typer.calls.inference().functions();
        var params = functions.parameters(wanted);
        var named = functions.named(reference, scope);
        var fitting = params.isEmpty() && named.size() > 1 && typer.hierarchy.function(wanted) == null
                ? named
                : functions.methods(reference, params.size(), scope);
        if (fitting.isEmpty()) {
            return unknown(typer.type(reference.lhs, scope));
        }
        return of(fitting, fitting.size() == 1);
    }

    /** The last name of a static import: members of that name, or a type. */
    Meaning imported(@Nullable JType owner, String name) {
        var info = owner == null ? null : owner.info();
        if (owner == null || info == null) {
            return new Unknown("outside");
        }
        var found = new ArrayList<>(typer.hierarchy.methods(owner, name));
        typer.hierarchy.field(owner, name).ifPresent(found::add);
        if (!found.isEmpty()) {
            return of(found, found.size() == 1);
        }
        var type = typer.names.memberType(info, name);
        return type == null ? new Unknown("name") : new Type(type, !typer.names.isDoubtful(type.name()));
    }
}
