package dev.skein.index.sem.unit;

import dev.skein.index.source.LineMap;
import dev.skein.index.symbol.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.eclipse.jdt.core.compiler.CategorizedProblem;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.DefaultErrorHandlingPolicies;
import org.eclipse.jdt.internal.compiler.ast.CompilationUnitDeclaration;
import org.eclipse.jdt.internal.compiler.batch.CompilationUnit;
import org.eclipse.jdt.internal.compiler.impl.CompilerOptions;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblemFactory;
import org.eclipse.jdt.internal.compiler.problem.ProblemReporter;

/** Reads one file after another into trees, what is broken as far as it can be understood. Not thread-safe. */
public final class UnitParser {
    private static final String NEWEST = "25";
    private static final int ERRORS_MAX = 100;
    private static final SyntaxError TOO_DEEP =
            new SyntaxError(new Span(0, 0, 0, 0), "The code of this file is nested too deeply to be understood");

    private final ProblemReporter reporter;
    private final BooleanSupplier stopped;
    private BoundedParser parser;

    public UnitParser() {
        this(() -> false);
    }

    /** @param stopped whether nobody waits any more; then it ends with a {@link CancellationException} for good */
    public UnitParser(BooleanSupplier stopped) {
        var options = new CompilerOptions(Map.of(
                CompilerOptions.OPTION_Source, NEWEST,
                CompilerOptions.OPTION_Compliance, NEWEST,
                CompilerOptions.OPTION_TargetPlatform, NEWEST));
        options.performMethodsFullRecovery = true;
        options.performStatementsRecovery = true;
        this.reporter = new ProblemReporter(
                DefaultErrorHandlingPolicies.proceedWithAllProblems(),
                options,
                new DefaultProblemFactory(Locale.ENGLISH));
        this.stopped = stopped;
        this.parser = parser();
    }

    private BoundedParser parser() {
        var fresh = new BoundedParser(reporter, stopped);
        fresh.setMethodsFullRecovery(true);
        fresh.setStatementsRecovery(true);
        return fresh;
    }

    /**
     * The file's tree and what is wrong with it; where its code is nested too deeply, a tree without anything.
     *
     * @param path decides what kind of file it is by its last name
     */
    public ParsedUnit parse(String path, String text) {
        return parse(path, text, Focus.EVERYWHERE);
    }

    /** The same without the bodies of methods that nobody asks about, and what is wrong in them. */
    public ParsedUnit parse(String path, String text, Focus focus) {
        var chars = text.toCharArray();
        var source = new CompilationUnit(chars, path.substring(path.lastIndexOf('/') + 1), null);
        var result = new CompilationResult(source, 0, 0, ERRORS_MAX);
        var lines = new LineMap();
        lines.read(chars, chars.length);
        try {
            var unit = parser.dietParse(source, result);
            parser.focus(result.hasErrors() ? Focus.EVERYWHERE : focus); // else it is not sure where a body ends
            parser.getMethodBodies(unit);
            return new ParsedUnit(path, text, unit, lines, errors(result, lines, chars.length));
        } catch (BoundedParser.TooDeep | StackOverflowError e) {
            parser = parser(); // the other one has ended halfway
            var nothing = new CompilationUnitDeclaration(reporter, result, 0);
            return new ParsedUnit(path, text, nothing, lines, List.of(TOO_DEEP));
        }
    }

    private static List<SyntaxError> errors(CompilationResult result, LineMap lines, int end) {
        var errors = new ArrayList<SyntaxError>();
        var problems = result.getErrors();
        for (var problem : problems == null ? new CategorizedProblem[0] : problems) {
            if (errors.size() < ERRORS_MAX) {
                errors.add(error(problem, lines, end));
            }
        }
        return errors;
    }

    private static SyntaxError error(CategorizedProblem problem, LineMap lines, int end) {
        int from = Math.max(0, Math.min(problem.getSourceStart(), end));
        int to = Math.max(from, Math.min(problem.getSourceEnd() + 1, end));
        var span = new Span(lines.line(from), lines.column(from), lines.line(to), lines.column(to));
        return new SyntaxError(span, problem.getMessage());
    }
}
