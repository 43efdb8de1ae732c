package dev.skein.index.sem.resolve;

import org.eclipse.jdt.internal.compiler.ASTVisitor;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.ArrayQualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.ArrayTypeReference;
import org.eclipse.jdt.internal.compiler.ast.FieldReference;
import org.eclipse.jdt.internal.compiler.ast.NormalAnnotation;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedQualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.ParameterizedSingleTypeReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedNameReference;
import org.eclipse.jdt.internal.compiler.ast.QualifiedTypeReference;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.ast.SingleTypeReference;
import org.eclipse.jdt.internal.compiler.ast.TypeParameter;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.ClassScope;

/** Visits names; the same wherever they stand. */
abstract class NameVisitor extends ASTVisitor {
    /** The name of a type, qualified or not. */
    abstract void typeName(TypeReference node);

    abstract void single(SingleNameReference node);

    abstract void qualified(QualifiedNameReference node);

    abstract void field(FieldReference node);

    abstract void annotation(NormalAnnotation node);

    abstract void argument(Argument node);

    abstract void typeParameter(TypeParameter node);

    @Override
    public final boolean visit(SingleTypeReference node, BlockScope scope) {
        typeName(node);
        return true;
    }

    @Override
    public final boolean visit(SingleTypeReference node, ClassScope scope) {
        typeName(node);
        return true;
    }

    @Override
    public final boolean visit(QualifiedTypeReference node, BlockScope scope) {
        typeName(node);
        return true;
    }

    @Override
    public final boolean visit(QualifiedTypeReference node, ClassScope scope) {
        typeName(node);
        return true;
    }

    @Override
    public final boolean visit(ParameterizedSingleTypeReference node, BlockScope scope) {
        typeName(node);
        return true;
    }

    @Override
    public final boolean visit(ParameterizedSingleTypeReference node, ClassScope scope) {
        typeName(node);
        return true;
    }

    @Override
    public final boolean visit(ParameterizedQualifiedTypeReference node, BlockScope scope) {
        typeName(node);
        return true;
    }

    @Override
    public final boolean visit(ParameterizedQualifiedTypeReference node, ClassScope scope) {
        typeName(node);
        return true;
    }

    @Override
    public final boolean visit(ArrayTypeReference node, BlockScope scope) {
        typeName(node);
        return true;
    }

    @Override
    public final boolean visit(ArrayTypeReference node, ClassScope scope) {
        typeName(node);
        return true;
    }

    @Override
    public final boolean visit(ArrayQualifiedTypeReference node, BlockScope scope) {
        typeName(node);
        return true;
    }

    @Override
    public final boolean visit(ArrayQualifiedTypeReference node, ClassScope scope) {
        typeName(node);
        return true;
    }

    @Override
    public final boolean visit(SingleNameReference node, BlockScope scope) {
        single(node);
        return true;
    }

    @Override
    public final boolean visit(SingleNameReference node, ClassScope scope) {
        single(node);
        return true;
    }

    @Override
    public final boolean visit(QualifiedNameReference node, BlockScope scope) {
        qualified(node);
        return true;
    }

    @Override
    public final boolean visit(QualifiedNameReference node, ClassScope scope) {
        qualified(node);
        return true;
    }

    @Override
    public final boolean visit(FieldReference node, BlockScope scope) {
        field(node);
        return true;
    }

    @Override
    public final boolean visit(FieldReference node, ClassScope scope) {
        field(node);
        return true;
    }

    @Override
    public final boolean visit(NormalAnnotation node, BlockScope scope) {
        annotation(node);
        return true;
    }

    @Override
    public final boolean visit(NormalAnnotation node, ClassScope scope) {
        annotation(node);
        return true;
    }

    @Override
    public final boolean visit(Argument node, BlockScope scope) {
        argument(node);
        return true;
    }

    @Override
    public final boolean visit(Argument node, ClassScope scope) {
        argument(node);
        return true;
    }

    @Override
    public final boolean visit(TypeParameter node, BlockScope scope) {
        typeParameter(node);
        return true;
    }

    @Override
    public final boolean visit(TypeParameter node, ClassScope scope) {
        typeParameter(node);
        return true;
    }
}
