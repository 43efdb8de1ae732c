package dev.skein.index.sem.expr;

import dev.skein.index.sem.expr.Meaning.Local;
import dev.skein.index.sem.expr.Meaning.Members;
import dev.skein.index.sem.expr.Meaning.Type;
import dev.skein.index.sem.expr.Meaning.Unknown;
import dev.skein.index.sem.type.Hierarchy.Seen;
import dev.skein.index.sem.type.JType;
import dev.skein.index.sem.type.JType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jdt.internal.compiler.ast.NameReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.jspecify.annotations.Nullable;

/** Names with dots between, each a variable, a type or a package. */
public final class Chains {
    private final Typer typer;

    Chains(Typer typer) {
        this.typer = typer;
    }

    /**
     * One name.
     *
     * @param type of the variable, or the type that it is
     */
    public record Link(Meaning meaning, JType type, boolean isType) {
        public static final Link NONE = new Link(new Unknown("name"), JType.UNKNOWN, false);
        public static final Link PACKAGE = new Link(new Unknown("package"), JType.UNKNOWN, true);
    }

    JType type(NameReference name, Scope scope) {
        var links = links(tokens(name), scope);
        return links.get(links.size() - 1).type;
    }

    public static List<String> tokens(NameReference name) {
        if (name instanceof SingleNameReference single) {
            return List.of(new String(single.token));
        }
        return strings(((QualifiedNameReference) name).tokens);
    }

    public static List<String> strings(char[][] tokens) {
        var strings = new ArrayList<String>();
        for (var token : tokens) {
            strings.add(new String(token));
        }
        return strings;
    }

    /** What each name of an expression is. */
    public List<Link> links(List<String> tokens, Scope scope) {
        var links = new ArrayList<Link>();
        var link = first(tokens, scope);
        links.add(link);
        for (int i = 1; i < tokens.size(); i++) {
            link = link.equals(Link.PACKAGE) ? inPackage(tokens.subList(0, i + 1), scope) : next(link, tokens.get(i));
            links.add(link);
        }
        return links;
    }

    /** What each name of a type is. */
    public List<Link> types(List<String> tokens, Scope scope) {
        var links = new ArrayList<Link>();
        var link = typeLink(tokens.get(0), scope).orElse(tokens.size() > 1 ? Link.PACKAGE : Link.NONE);
        links.add(link);
        for (int i = 1; i < tokens.size(); i++) {
            link = link.equals(Link.PACKAGE) ? inPackage(tokens.subList(0, i + 1), scope) : nested(link, tokens.get(i));
            links.add(link);
        }
        return links;
    }

    private Link first(List<String> tokens, Scope scope) {
        var variable = variable(tokens.get(0), scope);
        if (variable != null) {
            return variable;
        }
        return typeLink(tokens.get(0), scope).orElse(tokens.size() > 1 ? Link.PACKAGE : Link.NONE);
    }

    /** The variable or field that a simple name is, or null. */
    @Nullable
    Link variable(String name, Scope from) {
        boolean sure = true;
        for (var scope = from; scope != null; scope = scope.outer()) {
            var variable = scope.variable();
            if (variable != null && variable.name().equals(name) && variable.kind() != Variable.Kind.TYPE_PARAMETER) {
                return new Link(new Local(variable), variable.type(), false);
            }
            var body = scope.bodyOf();
            if (body != null) {
                var self = JType.itself(body);
                var field = typer.hierarchy.field(self, name);
                if (field.isPresent()) {
                    return link(field.get(), sure);
                }
                sure &= typer.hierarchy.isWhole(self);
            }
        }
        return imported(name, from, sure);
    }

    private @Nullable Link imported(String name, Scope scope, boolean sure) {
        var imports = scope.unit().imports();
        var owners = new ArrayList<>(imports.statics(name));
        owners.addAll(imports.staticsOnDemand());
        for (var owner : owners) {
            var names = List.of(owner.split("\\."));
            var type = typer.names.qualified(names, names.size(), scope.unit());
            var field = type == null ? Optional.<Seen>empty() : typer.hierarchy.field(type, name);
            if (field.isPresent()) {
                return link(field.get(), sure);
            }
        }
        return null;
    }

    private Link link(Seen field, boolean sure) {
        var member = field.member();
        if (member.owner().unit().path().isEmpty()) {
            return new Link(new Unknown("outside"), typer.typeOf(field), false);
        }
        boolean isSure = sure && !typer.names.isDoubtful(member.owner().name());
        return new Link(new Members(List.of(member), isSure), typer.typeOf(field), false);
    }

    private Optional<Link> typeLink(String name, Scope scope) {
        for (var each = scope; each != null; each = each.outer()) {
            var variable = each.variable();
            if (variable != null
                    && variable.kind() == Variable.Kind.TYPE_PARAMETER
                    && variable.name().equals(name)) {
                return Optional.of(new Link(new Local(variable), variable.type(), true));
            }
            if (each.bodyOf() != null && each.bodyOf().nested().containsKey(name)) {
                break;
            }
        }
        return Optional.ofNullable(scope.type(name)).map(this::typeLink);
    }

    public Link typeLink(JType type) {
        return new Link(meaning(type), type, true);
    }

    private Meaning meaning(JType type) {
        var info = type.info();
        if (info == null) {
            return new Unknown(type.kind() == Kind.OUTSIDE ? "outside" : "name");
        }
        return info.unit().path().isEmpty()
                ? new Unknown("outside")
                : new Type(info, !typer.names.isDoubtful(info.name()));
    }

    private Link inPackage(List<String> tokens, Scope scope) {
        var type = typer.names.qualified(tokens, tokens.size(), scope.unit());
        return type == null || type.info() == null ? Link.PACKAGE : typeLink(type);
    }

    private Link nested(Link from, String name) {
        var info = from.type.info();
        var member = info == null ? null : typer.names.memberType(info, name);
        return member == null ? unknown(from.type) : typeLink(JType.of(member, List.of()));
    }

    private Link next(Link from, String name) {
        if (from.type.dims() > 0 && !from.isType) {
            return new Link(new Unknown("implicit"), JType.primitive("int"), false);
        }
        var field = typer.hierarchy.field(from.type, name);
        if (field.isPresent()) {
            return link(field.get(), true);
        }
        return from.isType ? nested(from, name) : unknown(from.type);
    }

    private static Link unknown(JType receiver) {
        var reason = receiver.isKnown() && receiver.kind() != Kind.OUTSIDE ? "name" : "receiver";
        return new Link(new Unknown(reason), JType.UNKNOWN, false);
    }

    /** The field of an expression. */
    public Link field(JType receiver, String name) {
        return next(new Link(Link.NONE.meaning, receiver, false), name);
    }
}
