package dev.skein.index.sem.resolve;

import dev.skein.index.sem.type.Member;
import dev.skein.index.sem.type.TypeInfo;
import dev.skein.index.sem.type.TypeParam;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.sem.unit.ParsedUnit;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Span;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.AbstractVariableDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Initializer;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeParameter;
import org.eclipse.jdt.internal.compiler.classfmt.ClassFileConstants;
import org.jspecify.annotations.Nullable;

/** Makes types of declarations within bodies, which no table of symbols has. */
final class LocalTypes {
    private final ParsedUnit file;
    private final UnitInfo unit;

    LocalTypes(ParsedUnit file, UnitInfo unit) {
        this.file = file;
        this.unit = unit;
    }

    /**
     * Where a type is declared.
     *
     * @param container qualified name of the type around it
     * @param constantOf the enum whose constant has it as its body, or null
     */
    record Around(
            TypeInfo.Names names,
            String container,
            @Nullable String constantOf) {}

    /** A local or anonymous class. */
    TypeInfo of(TypeDeclaration tree, Around around) {
        return type(tree, null, around);
    }

    private TypeInfo type(TypeDeclaration tree, @Nullable TypeInfo outer, Around around) {
        boolean anonymous = tree.allocation != null;
        var name = anonymous ? "" : new String(tree.name);
        var qualified = around.container + "." + (outer == null ? name + "@" + tree.sourceStart : name);
        int end = Math.max(tree.declarationSourceStart, tree.declarationSourceEnd + 1);
        var symbol = new Symbol(
                kind(tree),
                name,
                around.container,
                header(tree, around.constantOf),
                "",
                modifiers(tree.modifiers),
                file.span(tree.sourceStart, tree.sourceStart + name.length()),
                file.span(tree.declarationSourceStart, end),
                "");
        var made = new TypeInfo(unit, outer, symbol, qualified, around.names);
        made.params().addAll(params(tree.typeParameters, qualified));
        for (var field : tree.fields == null ? new FieldDeclaration[0] : tree.fields) {
            field(field, made);
        }
        for (var method : tree.methods == null ? new AbstractMethodDeclaration[0] : tree.methods) {
            method(method, made);
        }
        for (var nested : tree.memberTypes == null ? new TypeDeclaration[0] : tree.memberTypes) {
            var member = type(nested, made, new Around(around.names, qualified, null));
            made.nested().put(member.simpleName(), member);
        }
        return made;
    }

    private static SymbolKind kind(TypeDeclaration tree) {
        return switch (TypeDeclaration.kind(tree.modifiers)) {
            case TypeDeclaration.INTERFACE_DECL -> SymbolKind.INTERFACE;
            case TypeDeclaration.ENUM_DECL -> SymbolKind.ENUM;
            case TypeDeclaration.ANNOTATION_TYPE_DECL -> SymbolKind.ANNOTATION;
            case TypeDeclaration.RECORD_DECL -> SymbolKind.RECORD;
            default -> SymbolKind.CLASS;
        };
    }

    private static String header(TypeDeclaration tree, @Nullable String constantOf) {
        if (tree.allocation != null) {
            var made = tree.allocation.type;
            return made != null
                    ? "extends " + made.toString().replace("<>", "")
                    : constantOf == null ? "" : "extends " + constantOf;
        }
        var above = new ArrayList<String>();
        if (tree.superclass != null) {
            above.add(tree.superclass.toString());
        }
        if (tree.superInterfaces != null) {
            Stream.of(tree.superInterfaces).map(Object::toString).forEach(above::add);
        }
        return above.isEmpty() ? "" : "extends " + String.join(", ", above);
    }

    static int modifiers(int bits) {
        int found = (bits & ClassFileConstants.AccPrivate) != 0 ? Modifiers.PRIVATE : 0;
        found |= (bits & ClassFileConstants.AccStatic) != 0 ? Modifiers.STATIC : 0;
        return found | ((bits & ClassFileConstants.AccAbstract) != 0 ? Modifiers.ABSTRACT : 0);
    }

    static List<TypeParam> params(TypeParameter @Nullable [] trees, String owner) {
        var params = new ArrayList<TypeParam>();
        for (var tree : trees == null ? new TypeParameter[0] : trees) {
            var bounds = new ArrayList<String>();
            if (tree.type != null) {
                bounds.add(tree.type.toString());
            }
            Stream.of(tree.bounds == null ? new Object[0] : tree.bounds)
                    .map(Object::toString)
                    .forEach(bounds::add);
            params.add(new TypeParam(owner, new String(tree.name), String.join(" & ", bounds)));
        }
        return params;
    }

    private void field(FieldDeclaration field, TypeInfo owner) {
        if (field instanceof Initializer) {
            return;
        }
        boolean constant = field.getKind() == AbstractVariableDeclaration.ENUM_CONSTANT;
        var kind = constant ? SymbolKind.ENUM_CONSTANT : SymbolKind.FIELD;
        var type = field.type == null ? "" : field.type.toString();
        var name = new String(field.name);
        var head = new Head(kind, name, field.sourceStart, field.modifiers);
        owner.members().add(new Member(owner, symbol(head, owner, type, ""), List.of()));
    }

    /** A declaration by the place of its name. */
    private record Head(SymbolKind kind, String name, int start, int modifiers) {}

    private Symbol symbol(Head head, TypeInfo owner, String type, String parameters) {
        Span span = file.span(head.start, head.start + head.name.length());
        int modifiers = modifiers(head.modifiers);
        return new Symbol(head.kind, head.name, owner.name(), type, parameters, modifiers, span, span, "");
    }

    private void method(AbstractMethodDeclaration method, TypeInfo owner) {
        if (method.isClinit() || method.isDefaultConstructor()) {
            return;
        }
        var types = new ArrayList<String>();
        for (var argument : method.arguments == null ? new Argument[0] : method.arguments) {
            types.add(String.valueOf(argument.type));
        }
        var parameters = "(" + String.join(", ", types) + ")";
        var kind = method.isConstructor() ? SymbolKind.CONSTRUCTOR : SymbolKind.METHOD;
        var result =
                method instanceof MethodDeclaration each && each.returnType != null ? each.returnType.toString() : "";
        var name = new String(method.selector);
        var head = new Head(kind, name, method.sourceStart, method.modifiers);
        var params = params(method.typeParameters(), owner.name() + "#" + method.sourceStart);
        owner.members().add(new Member(owner, symbol(head, owner, result, parameters), params));
    }
}
