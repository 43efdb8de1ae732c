package dev.skein.index.scan;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.ModuleTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import dev.skein.index.source.LineMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** What javac's own parser finds declared in a text, in the same words as {@link Outline}. */
public final class JavacOracle {
    private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

    private final StandardJavaFileManager files = JAVAC.getStandardFileManager(null, null, null);

    /** A line for each declaration, or nothing when this javac calls the text wrong. */
    public List<String> outline(String text) {
        var errors = new DiagnosticCollector<JavaFileObject>();
        var task = (JavacTask) JAVAC.getTask(null, files, errors, List.of("-proc:none"), null, List.of(source(text)));
        try {
            var unit = task.parse().iterator().next();
            if (errors.getDiagnostics().stream().anyMatch(each -> each.getKind() == Diagnostic.Kind.ERROR)) {
                return List.of();
            }
            var visitor = new Declarations(unit, Trees.instance(task).getSourcePositions(), text);
            visitor.scan(unit, null);
            return visitor.found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaFileObject source(String text) {
        return new SimpleJavaFileObject(URI.create("mem:///A.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    /** Visits types and their members but no bodies of methods; of initialisers only those of enum constants. */
    private static final class Declarations extends TreeScanner<Void, Void> {
        final List<String> found = new ArrayList<>();
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final LineMap lines = new LineMap();
        private String container;
        private Tree.Kind inside = Tree.Kind.COMPILATION_UNIT;

        Declarations(CompilationUnitTree unit, SourcePositions positions, String text) {
            this.unit = unit;
            this.positions = positions;
            lines.read(text.toCharArray(), text.length());
            container =
                    unit.getPackageName() == null ? "" : unit.getPackageName().toString();
        }

        @Override
        public Void visitPackage(PackageTree tree, Void none) {
            found.add("PACKAGE " + tree.getPackageName());
            return null;
        }

        @Override
        public Void visitModule(ModuleTree tree, Void none) {
            found.add("MODULE " + tree.getName());
            return null;
        }

        @Override
        public Void visitClass(ClassTree tree, Void none) {
            add(kind(tree), tree.getSimpleName().toString(), tree, tree.getModifiers());
            members(tree.getSimpleName().toString(), tree);
            return null;
        }

        private void members(String name, ClassTree tree) {
            var outer = container;
            var around = inside;
            container = join(container, name);
            inside = tree.getKind();
            scan(tree.getTypeParameters(), null);
            scan(tree.getMembers(), null);
            container = outer;
            inside = around;
        }

        private static String join(String container, String name) {
            return container.isEmpty() ? name : container + "." + name;
        }

        private static String kind(ClassTree tree) {
            return tree.getKind() == Tree.Kind.ANNOTATION_TYPE
                    ? "ANNOTATION"
                    : tree.getKind().name();
        }

        @Override
        public Void visitTypeParameter(TypeParameterTree tree, Void none) {
            found.add("TYPE_PARAMETER " + join(container, tree.getName().toString()));
            return null;
        }

        @Override
        public Void visitMethod(MethodTree tree, Void none) {
            var name = tree.getName().toString();
            boolean constructor = name.equals("<init>");
            boolean generated = constructor && positions.getEndPosition(unit, tree) < 0;
            if (generated) {
                return null;
            }
            name = constructor ? container.substring(container.lastIndexOf('.') + 1) : name;
            var kind =
                    constructor ? "CONSTRUCTOR" : inside == Tree.Kind.ANNOTATION_TYPE ? "ANNOTATION_ELEMENT" : "METHOD";
            add(kind + "/" + tree.getParameters().size(), name, tree, tree.getModifiers());
            var outer = container;
            container = join(container, name);
            scan(tree.getTypeParameters(), null);
            container = outer;
            return null;
        }

        @Override
        public Void visitBlock(BlockTree tree, Void none) {
            return null;
        }

        @Override
        public Void visitVariable(VariableTree tree, Void none) {
            var name = tree.getName().toString();
            if (inside == Tree.Kind.ENUM
                    && tree.getInitializer() instanceof NewClassTree made
                    && startOf(made.getIdentifier()) == startOf(tree.getType())) { // both stand where the name does
                found.add("ENUM_CONSTANT " + join(container, name));
                if (made.getClassBody() != null) {
                    members(name, made.getClassBody());
                }
            } else if (inside == Tree.Kind.RECORD
                    && !tree.getModifiers().getFlags().contains(Modifier.STATIC)) {
                found.add("RECORD_COMPONENT " + join(container, name));
            } else {
                found.add("FIELD " + join(container, name) + " " + flags(tree.getModifiers()) + start(tree));
            }
            return null;
        }

        private void add(String kind, String name, Tree tree, ModifiersTree modifiers) {
            int end = (int) positions.getEndPosition(unit, tree);
            found.add("%s %s %s%s-%d:%d"
                    .formatted(
                            kind,
                            join(container, name),
                            flags(modifiers),
                            start(tree),
                            lines.line(end),
                            lines.column(end)));
        }

        private int startOf(Tree tree) {
            return (int) positions.getStartPosition(unit, tree);
        }

        private String start(Tree tree) {
            int start = startOf(tree);
            return lines.line(start) + ":" + lines.column(start);
        }

        private static String flags(ModifiersTree modifiers) {
            var words = new TreeSet<String>();
            modifiers.getFlags().forEach(flag -> words.add(flag.toString()));
            return words + " ";
        }
    }
}
