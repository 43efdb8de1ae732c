package dev.skein.index.sem.unit;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
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
