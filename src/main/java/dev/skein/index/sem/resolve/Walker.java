package dev.skein.index.sem.resolve;

import dev.skein.index.sem.expr.Chains;
import dev.skein.index.sem.expr.Meaning;
import dev.skein.index.sem.expr.Meaning.Local;
import dev.skein.index.sem.expr.Meaning.Members;
import dev.skein.index.sem.expr.Meaning.Type;
import dev.skein.index.sem.expr.Meaning.Unknown;
import dev.skein.index.sem.expr.Typer;
import dev.skein.index.sem.expr.Variable;
import dev.skein.index.sem.type.JType;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.sem.unit.ParsedUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.CaseStatement;
import org.eclipse.jdt.internal.compiler.ast.FieldReference;
import org.eclipse.jdt.internal.compiler.ast.ImportReference;
import org.eclipse.jdt.internal.compiler.ast.MessageSend;
import org.eclipse.jdt.internal.compiler.ast.NormalAnnotation;
import org.eclipse.jdt.internal.compiler.ast.QualifiedAllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.ReferenceExpression;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.ast.SingleTypeReference;
import org.eclipse.jdt.internal.compiler.ast.TypeParameter;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.CompilationUnitScope;
import org.jspecify.annotations.Nullable;

/** Visits a file and tells what those names mean that are wanted. */
final class Walker extends ScopeVisitor {
    private final Occurrence.Wanted wanted;
    private final Consumer<Occurrence> sink;
    private final Meanings meanings;

    Walker(ParsedUnit file, UnitInfo unit, Typer typer, Occurrence.Wanted wanted, Consumer<Occurrence> sink) {
        super(file, unit, typer);
        this.wanted = wanted;
        this.sink = sink;
        this.meanings = new Meanings(typer);
    }

    private boolean isWanted(String name, int start) {
        return wanted.is(name, start, start + name.length());
    }

    private void tell(String name, int start, Meaning meaning) {
        sink.accept(new Occurrence(name, start, start + name.length(), meaning, null, false));
    }

    @Override
    void declares(String name, int start, @Nullable Variable variable) {
        if (!isWanted(name, start)) {
            return;
        }
        var member = places.member(start);
        var type = places.type(start);
        Meaning meaning = new Unknown("name");
        if (variable != null) {
            meaning = new Local(variable);
        } else if (member != null) {
            meaning = new Members(List.of(member), true);
        } else if (type != null) {
            meaning = new Type(type, true);
        }
        sink.accept(new Occurrence(name, start, start + name.length(), meaning, null, true));
    }

    @Override
    void typeName(TypeReference node) {
        if (node instanceof QualifiedTypeReference qualified) {
            var tokens = Chains.strings(qualified.tokens);
            if (isAnyWanted(tokens, qualified.sourcePositions)) {
                var links = typer.chains.types(tokens, scope);
                tell(tokens, qualified.sourcePositions, links, constructs(node));
            }
        } else if (node instanceof SingleTypeReference single && !JType.isPrimitive(new String(single.token))) {
            var name = new String(single.token);
            int start = nameOf(name, node);
            if (isWanted(name, start) && !name.equals("var")) {
                simpleType(name, start, node);
            }
        }
    }

    /** After its annotations. */
    private int nameOf(String name, TypeReference node) {
        if (node.annotations == null || node.annotations[0] == null) {
            return node.sourceStart;
        }
        var all = node.annotations[0];
        return file.text().indexOf(name, all[all.length - 1].declarationSourceEnd + 1);
    }

    private void simpleType(String name, int start, TypeReference node) {
        var made = constructs(node);
        if (made != null) {
            made(name, start, made);
        } else {
            tell(name, start, typer.chains.types(List.of(name), scope).get(0).meaning());
        }
    }

    private void made(String name, int start, AllocationExpression made) {
        var type = typer.type(made, scope).info();
        var meaning = meanings.constructor(made, scope);
        sink.accept(new Occurrence(name, start, start + name.length(), meaning, type, false));
    }

    private boolean isAnyWanted(List<String> tokens, long[] positions) {
        for (int i = 0; i < tokens.size(); i++) {
            if (isWanted(tokens.get(i), (int) (positions[i] >>> 32))) {
                return true;
            }
        }
        return false;
    }

    private void tell(
            List<String> tokens, long[] positions, List<Chains.Link> links, @Nullable AllocationExpression made) {
        for (int i = 0; i < tokens.size(); i++) {
            int start = (int) (positions[i] >>> 32);
            if (!isWanted(tokens.get(i), start)) {
                continue;
            }
            if (made != null && i == tokens.size() - 1) {
                made(tokens.get(i), start, made);
            } else {
                tell(tokens.get(i), start, links.get(i).meaning());
            }
        }
    }

    @Override
    void single(SingleNameReference node) {
        var name = new String(node.token);
        if (!isWanted(name, node.sourceStart)) {
            return;
        }
        var constant = constantOf(node);
        if (constant != null) {
            tell(name, node.sourceStart, typer.chains.field(constant, name).meaning());
        } else {
            tell(
                    name,
                    node.sourceStart,
                    typer.chains.links(List.of(name), scope).get(0).meaning());
        }
    }

    @Override
    void qualified(QualifiedNameReference node) {
        var tokens = Chains.strings(node.tokens);
        if (isAnyWanted(tokens, node.sourcePositions)) {
            tell(tokens, node.sourcePositions, typer.chains.links(tokens, scope), null);
        }
    }

    @Override
    void field(FieldReference node) {
        var name = new String(node.token);
        int start = (int) (node.nameSourcePosition >>> 32);
        if (isWanted(name, start)) {
            tell(
                    name,
                    start,
                    typer.chains.field(typer.type(node.receiver, scope), name).meaning());
        }
    }

    @Override
    void annotation(NormalAnnotation node) {
        for (var pair : node.memberValuePairs()) {
            var name = new String(pair.name);
            if (isWanted(name, pair.sourceStart)) {
                var type = typer.type(node.type, scope);
                var found = typer.hierarchy.methods(type, name);
                tell(name, pair.sourceStart, found.isEmpty() ? new Unknown("outside") : meanings.of(found, true));
            }
        }
    }

    @Override
    void argument(Argument node) {
        declaresArgument(node);
    }

    @Override
    void typeParameter(TypeParameter node) {
        var name = new String(node.name);
        for (var each = scope; each != null; each = each.outer()) {
            var variable = each.variable();
            if (variable != null && variable.start() == node.sourceStart) {
                declares(name, node.sourceStart, variable);
                return;
            }
        }
    }

    @Override
    void called(MessageSend call) {
        var name = new String(call.selector);
        int start = (int) (call.nameSourcePosition >>> 32);
        if (isWanted(name, start)) {
            tell(name, start, meanings.call(call, scope));
        }
    }

    @Override
    void referred(ReferenceExpression reference, Supplier<JType> target) {
        var name = new String(reference.selector);
        if (!reference.isConstructorReference() && isWanted(name, reference.nameSourceStart)) {
            tell(name, reference.nameSourceStart, meanings.reference(reference, target.get(), scope));
        }
    }

    @Override
    public boolean visit(ImportReference node, CompilationUnitScope none) {
        var tokens = Chains.strings(node.tokens);
        if (!isAnyWanted(tokens, node.sourcePositions)) {
            return false;
        }
        if (node == file.tree().currentPackage) {
            tell(tokens, node.sourcePositions, packages(tokens.size()), null);
            return false;
        }
        boolean member = node.isStatic() && (node.bits & ASTNode.OnDemand) == 0;
        int types = member ? tokens.size() - 1 : tokens.size();
        var links = new ArrayList<Chains.Link>();
        for (int i = 1; i <= types; i++) {
            var type = typer.names.qualified(tokens.subList(0, i), i, unit);
            links.add(type == null ? Chains.Link.PACKAGE : typer.chains.typeLink(type));
        }
        tell(tokens.subList(0, types), node.sourcePositions, links, null);
        if (member && isWanted(tokens.get(types), (int) (node.sourcePositions[types] >>> 32))) {
            var owner = typer.names.qualified(tokens.subList(0, types), types, unit);
            tell(
                    tokens.get(types),
                    (int) (node.sourcePositions[types] >>> 32),
                    meanings.imported(owner, tokens.get(types)));
        }
        return false;
    }

    private static List<Chains.Link> packages(int count) {
        var links = new ArrayList<Chains.Link>();
        for (int i = 0; i < count; i++) {
            links.add(Chains.Link.PACKAGE);
        }
        return links;
    }

    @Override
    public boolean visit(CaseStatement node, BlockScope none) {
        noteConstants(node);
        return true;
    }

    @Override
    public boolean visit(AllocationExpression node, BlockScope none) {
        notes(node);
        return true;
    }

    @Override
    public boolean visit(QualifiedAllocationExpression node, BlockScope none) {
        notes(node);
        return true;
    }
}
