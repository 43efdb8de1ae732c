package dev.skein.index.sem;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.lang.model.element.Element;
import javax.tools.DiagnosticCollector;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What javac's attribution says that names mean, for those that the same files declare. */
public final class JavacMeanings {
    /** A name at a place and where its declaration has its own; {@code kind} is javac's word for that. */
    public record Use(String path, int offset, String name, String kind, String target, int targetOffset) {}

    private final Map<CompilationUnitTree, String> paths = new IdentityHashMap<>();
    private final Map<CompilationUnitTree, String> texts = new IdentityHashMap<>();
    private final List<Use> uses = new ArrayList<>();
    private final Trees trees;
    private final SourcePositions positions;

    private JavacMeanings(Trees trees) {
        this.trees = trees;
        this.positions = trees.getSourcePositions();
    }

    /** All names of those files, by path, that javac can attribute. */
    public static List<Use> of(Map<String, String> files) {
        var sources = new ArrayList<Source>();
        files.forEach((path, text) -> sources.add(new Source(path, text)));
        var options = List.of("-proc:none", "-cp", "", "-XDshould-stop.ifError=FLOW", "-Xlint:none", "-nowarn");
        var javac = ToolProvider.getSystemJavaCompiler();
        var task = (JavacTask) javac.getTask(null, null, new DiagnosticCollector<>(), options, null, sources);
        var meanings = new JavacMeanings(Trees.instance(task));
        try {
            var units = new ArrayList<CompilationUnitTree>();
            task.parse().forEach(units::add);
            task.analyze();
            for (var unit : units) {
                var path = unit.getSourceFile().toUri().getPath().substring(1);
                meanings.paths.put(unit, path);
                meanings.texts.put(unit, files.get(path));
            }
            units.forEach(unit -> meanings.new Scanner().scan(unit, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return meanings.uses;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("mem:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Where the declaration of an element has its name, or -1 where it has none. */
    private int nameOf(TreePath declaration, String name) {
        var unit = declaration.getCompilationUnit();
        var text = texts.get(unit);
        var tree = declaration.getLeaf();
        int from = (int) positions.getStartPosition(unit, tree);
        int after = from;
        if (tree instanceof VariableTree variable) {
            after = Math.max(end(unit, variable.getModifiers()), end(unit, variable.getType()));
        } else if (tree instanceof MethodTree method) {
            after = Math.max(end(unit, method.getModifiers()), end(unit, method.getReturnType()));
            for (var param : method.getTypeParameters()) {
                after = Math.max(after, end(unit, param));
            }
        } else if (tree instanceof ClassTree type) {
            after = end(unit, type.getModifiers());
        } else if (!(tree instanceof TypeParameterTree)) {
            return -1;
        }
        var matcher = Pattern.compile("(?<![\\w$])" + Pattern.quote(name) + "(?![\\w$])")
                .matcher(text);
        return from >= 0 && matcher.find(Math.max(from, after)) ? matcher.start() : -1;
    }

    private int end(CompilationUnitTree unit, @Nullable Tree tree) {
        return tree == null ? -1 : (int) positions.getEndPosition(unit, tree);
    }

    private final class Scanner extends TreePathScanner<Void, Void> {
        @Override
        public Void visitImport(ImportTree tree, Void none) {
            return tree.isStatic() ? null : super.visitImport(tree, none); // of several members one is shown
        }

        @Override
        public Void visitIdentifier(IdentifierTree tree, Void none) {
            var name = tree.getName().toString();
            if (!name.equals("this") && !name.equals("super") && !made(tree)) {
                var unit = getCurrentPath().getCompilationUnit();
                int at = (int) positions.getStartPosition(unit, tree);
                note(name, at, trees.getElement(getCurrentPath()));
            }
            return null;
        }

        private boolean made(Tree tree) {
            var parent = getCurrentPath().getParentPath().getLeaf();
            if (parent instanceof ParameterizedTypeTree) {
                parent = getCurrentPath().getParentPath().getParentPath().getLeaf();
                return parent instanceof NewClassTree made
                        && made.getIdentifier()
                                == getCurrentPath().getParentPath().getLeaf()
                        && made.getIdentifier() instanceof ParameterizedTypeTree given
                        && given.getType() == tree;
            }
            return parent instanceof NewClassTree made && made.getIdentifier() == tree;
        }

        @Override
        public Void visitNewClass(NewClassTree tree, Void none) {
            var unit = getCurrentPath().getCompilationUnit();
            Tree type = tree.getIdentifier();
            while (type instanceof ParameterizedTypeTree given) {
                type = given.getType();
            }
            if (type instanceof IdentifierTree identifier && tree.getClassBody() == null) {
                var element = trees.getElement(getCurrentPath());
                boolean written = element != null && isWritten(element);
                var name = identifier.getName().toString();
                int at = (int) positions.getStartPosition(unit, identifier);
                var shown = element == null || written ? element : element.getEnclosingElement();
                note(name, at, shown);
            }
            return super.visitNewClass(tree, none);
        }

        /** One that javac adds has no end. */
        private boolean isWritten(Element constructor) {
            var path = trees.getPath(constructor);
            return path != null && end(path.getCompilationUnit(), path.getLeaf()) >= 0;
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree tree, Void none) {
            var name = tree.getIdentifier().toString();
            var unit = getCurrentPath().getCompilationUnit();
            int at = end(unit, tree) - name.length();
            var parent = getCurrentPath().getParentPath().getLeaf();
            if (!name.equals("this") && !name.equals("class") && !(parent instanceof NewClassTree)) {
                note(name, at, trees.getElement(getCurrentPath()));
            }
            return super.visitMemberSelect(tree, none);
        }

        @Override
        public Void visitMemberReference(MemberReferenceTree tree, Void none) {
            var name = tree.getName().toString();
            var unit = getCurrentPath().getCompilationUnit();
            if (!name.equals("<init>")) {
                note(name, end(unit, tree) - name.length(), trees.getElement(getCurrentPath()));
            }
            return super.visitMemberReference(tree, none);
        }

        private void note(String name, int at, @Nullable Element element) {
            var unit = getCurrentPath().getCompilationUnit();
            if (element == null || at < 0 || !texts.get(unit).startsWith(name, at)) {
                return;
            }
            var path = trees.getPath(element);
            boolean isOurs = path != null && texts.containsKey(path.getCompilationUnit());
            int target = isOurs ? nameOf(path, name) : -1;
            if (target >= 0) {
                var kind = element.getKind().name();
                uses.add(new Use(paths.get(unit), at, name, kind, paths.get(path.getCompilationUnit()), target));
            }
        }
    }
}
