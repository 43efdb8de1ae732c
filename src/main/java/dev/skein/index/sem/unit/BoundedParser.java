package dev.skein.index.sem.unit;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ConstructorDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Initializer;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.parser.Parser;
import org.eclipse.jdt.internal.compiler.parser.TerminalToken;
import org.eclipse.jdt.internal.compiler.problem.ProblemReporter;

/**
 * A parser that ends when nobody waits for it any more, and at code that is nested deeper than anybody writes it, whose
 * cost grows with the square of its depth. Of no use after that.
 */
final class BoundedParser extends Parser {
    private static final int DEPTH_MAX = 25_000; // parentheses, names with dots
    private static final int LAMBDAS_MAX = 1_000; // each keeps a copy of the text of those in it
    private static final int STEPS = 1_024; // between two looks at whether somebody waits

    private final BooleanSupplier stopped;
    private Focus focus = Focus.EVERYWHERE;
    private int steps;

    /** Says that code is nested too deeply. */
    static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooDeep() {
            super("nested too deeply", null, false, false);
        }
    }

    /** @param stopped whether nobody waits any more */
    BoundedParser(ProblemReporter reporter, BooleanSupplier stopped) {
        super(reporter, true);
        this.stopped = stopped;
    }

    /** What of the bodies of methods is read from now on. */
    void focus(Focus on) {
        focus = on;
    }

    @Override
    public void parse(MethodDeclaration method, CompilationUnitDeclaration unit) {
        if (isAsked(method)) {
            super.parse(method, unit);
        }
    }

    @Override
    public void parse(ConstructorDeclaration constructor, CompilationUnitDeclaration unit, boolean recordLines) {
        if (isAsked(constructor)) {
            super.parse(constructor, unit, recordLines);
        }
    }

    @Override
    public void parse(Initializer initializer, TypeDeclaration type, CompilationUnitDeclaration unit) {
        if (focus.touches(initializer.bodyStart - 1, initializer.bodyEnd + 1)) {
            super.parse(initializer, type, unit);
        }
    }

    private boolean isAsked(AbstractMethodDeclaration method) {
        return focus.touches(method.bodyStart - 1, method.bodyEnd + 1);
    }

    @Override
    protected void consumeToken(TerminalToken type) {
        step(identifierPtr);
        super.consumeToken(type);
    }

    @Override
    protected void consumeRule(int act) {
        step(stateStackTop);
        super.consumeRule(act);
    }

    private void step(int depth) {
        if (depth > DEPTH_MAX || valueLambdaNestDepth > LAMBDAS_MAX) {
            throw new TooDeep();
        }
        steps++;
        if (steps % STEPS == 0 && stopped.getAsBoolean()) {
            throw new CancellationException("nobody waits for it");
        }
    }
}
