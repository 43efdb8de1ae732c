package dev.skein.bench.extract;

import java.util.Locale;
import java.util.Map;
import org.eclipse.jdt.internal.compiler.CompilationResult;
import org.eclipse.jdt.internal.compiler.DefaultErrorHandlingPolicies;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.batch.CompilationUnit;
import org.eclipse.jdt.internal.compiler.impl.CompilerOptions;
import org.eclipse.jdt.internal.compiler.parser.Parser;
import org.eclipse.jdt.internal.compiler.problem.DefaultProblemFactory;
import org.eclipse.jdt.internal.compiler.problem.ProblemReporter;

/** Eclipse's compiler, told to skip the bodies of methods. */
final class EcjCandidate implements Candidate {
    private static final String NEWEST = "25";

    private final Parser parser;

    EcjCandidate() {
        var options = new CompilerOptions(Map.of(
                CompilerOptions.OPTION_Source, NEWEST,
                CompilerOptions.OPTION_Compliance, NEWEST,
                CompilerOptions.OPTION_TargetPlatform, NEWEST));
        var reporter = new ProblemReporter(
                DefaultErrorHandlingPolicies.proceedWithAllProblems(),
                options,
                new DefaultProblemFactory(Locale.ENGLISH));
        parser = new Parser(reporter, true);
    }

    @Override
    public int declarations(String text) {
        var unit = new CompilationUnit(text.toCharArray(), "A.java", null);
        var types = parser.dietParse(unit, new CompilationResult(unit, 0, 0, 100)).types;
        int found = 0;
        for (var type : types == null ? new TypeDeclaration[0] : types) {
            found += declarations(type);
        }
        return found;
    }

    private static int declarations(TypeDeclaration type) {
        int found = 1;
        found += type.fields == null ? 0 : type.fields.length;
        found += type.methods == null ? 0 : type.methods.length;
        for (var member : type.memberTypes == null ? new TypeDeclaration[0] : type.memberTypes) {
            found += declarations(member);
        }
        return found;
    }
}
