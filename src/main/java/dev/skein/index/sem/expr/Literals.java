package dev.skein.index.sem.expr;

import org.eclipse.jdt.internal.compiler.ast.CharLiteral;
import org.eclipse.jdt.internal.compiler.ast.DoubleLiteral;
import org.eclipse.jdt.internal.compiler.ast.FalseLiteral;
import org.eclipse.jdt.internal.compiler.ast.FloatLiteral;
import org.eclipse.jdt.internal.compiler.ast.Literal;
import org.eclipse.jdt.internal.compiler.ast.LongLiteral;
import org.eclipse.jdt.internal.compiler.ast.NullLiteral;
import org.eclipse.jdt.internal.compiler.ast.StringLiteral;
import org.eclipse.jdt.internal.compiler.ast.TrueLiteral;

/** Types of literals. */
final class Literals {
    private Literals() {}

    /** A primitive type, {@code null} or a qualified name. */
    static String type(Literal literal) {
        if (literal instanceof StringLiteral) {
            return "java.lang.String";
        }
        if (literal instanceof CharLiteral) {
            return "char";
        }
        if (literal instanceof TrueLiteral || literal instanceof FalseLiteral) {
            return "boolean";
        }
        if (literal instanceof NullLiteral) {
            return "null";
        }
        if (literal instanceof LongLiteral) {
            return "long";
        }
        if (literal instanceof FloatLiteral) {
            return "float";
        }
        return literal instanceof DoubleLiteral ? "double" : "int";
    }
}
