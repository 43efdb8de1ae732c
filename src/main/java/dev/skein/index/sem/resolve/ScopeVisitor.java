package dev.skein.index.sem.resolve;

import dev.skein.index.sem.expr.Functions;
import dev.skein.index.sem.expr.Scope;
import dev.skein.index.sem.expr.Typer;
import dev.skein.index.sem.expr.Variable;
import dev.skein.index.sem.expr.Variable.Kind;
import dev.skein.index.sem.type.JType;
import dev.skein.index.sem.type.Site;
import dev.skein.index.sem.type.TypeInfo;
import dev.skein.index.sem.type.TypeParam;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.sem.unit.ParsedUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jdt.internal.compiler.ast.ASTNode;
import org.eclipse.jdt.internal.compiler.ast.AbstractMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.AllocationExpression;
import org.eclipse.jdt.internal.compiler.ast.AnnotationMethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.Argument;
import org.eclipse.jdt.internal.compiler.ast.Block;
import org.eclipse.jdt.internal.compiler.ast.CaseStatement;
import org.eclipse.jdt.internal.compiler.ast.ConstructorDeclaration;
import org.eclipse.jdt.internal.compiler.ast.FieldDeclaration;
import org.eclipse.jdt.internal.compiler.ast.ForStatement;
import org.eclipse.jdt.internal.compiler.ast.ForeachStatement;
import org.eclipse.jdt.internal.compiler.ast.Initializer;
import org.eclipse.jdt.internal.compiler.ast.LambdaExpression;
import org.eclipse.jdt.internal.compiler.ast.LocalDeclaration;
import org.eclipse.jdt.internal.compiler.ast.MethodDeclaration;
import org.eclipse.jdt.internal.compiler.ast.RecordComponent;
import org.eclipse.jdt.internal.compiler.ast.SingleNameReference;
import org.eclipse.jdt.internal.compiler.ast.SwitchExpression;
import org.eclipse.jdt.internal.compiler.ast.SwitchStatement;
import org.eclipse.jdt.internal.compiler.ast.TryStatement;
import org.eclipse.jdt.internal.compiler.ast.TypeDeclaration;
import org.eclipse.jdt.internal.compiler.ast.TypeParameter;
import org.eclipse.jdt.internal.compiler.ast.TypeReference;
import org.eclipse.jdt.internal.compiler.lookup.BlockScope;
import org.eclipse.jdt.internal.compiler.lookup.ClassScope;
import org.eclipse.jdt.internal.compiler.lookup.CompilationUnitScope;
import org.eclipse.jdt.internal.compiler.lookup.MethodScope;
import org.jspecify.annotations.Nullable;

/** Keeps the scope while a file is visited. */
abstract class ScopeVisitor extends TargetVisitor {
    final ParsedUnit file;
    final UnitInfo unit;
    final Places places;
    private final LocalTypes locals;
    private final Deque<Scope> outer = new ArrayDeque<>();
    private final Deque<Supplier<JType>> switches = new ArrayDeque<>();
    private final Map<ASTNode, Supplier<JType>> constants = new IdentityHashMap<>(); // names after case
    private final Map<TypeReference, AllocationExpression> constructed = new IdentityHashMap<>();
    private final Map<LocalDeclaration, Supplier<JType>> elements = new IdentityHashMap<>(); // of loops
    private final Map<Argument, Variable> parameters = new IdentityHashMap<>(); // of lambdas

    ScopeVisitor(ParsedUnit file, UnitInfo unit, Typer typer) {
        super(typer, Scope.of(unit, typer.names));
        this.file = file;
        this.unit = unit;
        this.places = new Places(file, unit);
        this.locals = new LocalTypes(file, unit);
    }

    /** @param variable what it declares, null for a type or a member */
    abstract void declares(String name, int start, @Nullable Variable variable);

    private void push() {
        outer.push(scope);
    }

    private void pop() {
        scope = outer.pop();
    }

    @Nullable
    AllocationExpression constructs(TypeReference type) {
        return constructed.get(type);
    }

    void notes(AllocationExpression made) {
        if (made.type != null) {
            constructed.put(made.type, made);
        }
        targets(made);
    }

    /** The type of the switch that a name is a constant of, or null. */
    @Nullable
    JType constantOf(SingleNameReference name) {
        var around = constants.get(name);
        var type = around == null ? null : around.get();
        return type != null
                        && typer.hierarchy.field(type, new String(name.token)).isPresent()
                ? type
                : null;
    }

    void noteConstants(CaseStatement node) {
        var type = switches.peek();
        if (node.constantExpressions == null || type == null) {
            return;
        }
        for (var each : node.constantExpressions) {
            if (each instanceof SingleNameReference) {
                constants.put(each, type);
            }
        }
    }

    @Override
    public boolean visit(TypeDeclaration tree, CompilationUnitScope none) {
        return enter(tree, places.type(tree.sourceStart));
    }

    @Override
    public void endVisit(TypeDeclaration tree, CompilationUnitScope none) {
        pop();
    }

    @Override
    public boolean visit(TypeDeclaration tree, ClassScope none) {
        return enter(tree, places.type(tree.sourceStart));
    }

    @Override
    public void endVisit(TypeDeclaration tree, ClassScope none) {
        pop();
    }

    @Override
    public boolean visit(TypeDeclaration tree, BlockScope none) {
        var around = scope.around();
        boolean ofConstant = tree.allocation != null && tree.allocation.enumConstant != null;
        var container = around == null ? unit.packageName() : around.name();
        var type = locals.of(tree, new LocalTypes.Around(scope, container, ofConstant ? container : null));
        places.addAll(type);
        if (tree.allocation == null) {
            scope = scope.knowing(type); // also after it
        }
        return enter(tree, type);
    }

    @Override
    public void endVisit(TypeDeclaration tree, BlockScope none) {
        pop();
    }

    private boolean enter(TypeDeclaration tree, @Nullable TypeInfo type) {
        push();
        if (type == null) {
            return true; // its members are as if they were of the type around it
        }
        if (tree.allocation == null) {
            declares(type.simpleName(), tree.sourceStart, null);
        }
        variables(tree.typeParameters, type.params());
        scope = scope.inBody(type);
        return true;
    }

    private void variables(TypeParameter @Nullable [] trees, List<TypeParam> params) {
        for (int i = 0; trees != null && i < trees.length && i < params.size(); i++) {
            var param = params.get(i);
            var site = new Site(unit, null, params, scope);
            var kind = Kind.TYPE_PARAMETER;
            scope = scope.with(new Variable(kind, param.name(), trees[i].sourceStart, () -> JType.of(param, site)));
        }
    }

    @Override
    public boolean visit(MethodDeclaration tree, ClassScope none) {
        enter(tree);
        returns(() -> typer.type(tree.returnType, scope));
        return true;
    }

    @Override
    public void endVisit(MethodDeclaration tree, ClassScope none) {
        returned();
        pop();
    }

    @Override
    public boolean visit(ConstructorDeclaration tree, ClassScope none) {
        push();
        if (tree.isDefaultConstructor()) {
            return false;
        }
        pop();
        enter(tree);
        return true;
    }

    @Override
    public void endVisit(ConstructorDeclaration tree, ClassScope none) {
        pop();
    }

    @Override
    public boolean visit(AnnotationMethodDeclaration tree, ClassScope none) {
        enter(tree);
        return true;
    }

    @Override
    public void endVisit(AnnotationMethodDeclaration tree, ClassScope none) {
        pop();
    }

    private void enter(AbstractMethodDeclaration tree) {
        push();
        declares(new String(tree.selector), tree.sourceStart, null);
        var member = places.member(tree.sourceStart);
        var trees = tree.typeParameters();
        var params = member != null && trees != null && member.params().size() == trees.length
                ? member.params()
                : LocalTypes.params(trees, "#" + tree.sourceStart);
        if (!params.isEmpty()) {
            scope = scope.with(params);
            variables(trees, params);
        }
    }

    @Override
    public boolean visit(Initializer tree, MethodScope none) {
        push();
        return true;
    }

    @Override
    public void endVisit(Initializer tree, MethodScope none) {
        pop();
    }

    @Override
    public boolean visit(FieldDeclaration tree, MethodScope none) {
        declares(new String(tree.name), tree.sourceStart, null);
        target(tree.initialization, () -> typer.type(tree.type, scope));
        return true;
    }

    @Override
    public boolean visit(RecordComponent tree, BlockScope none) {
        declares(new String(tree.name), tree.sourceStart, null);
        return true;
    }

    @Override
    public boolean visit(Block tree, BlockScope none) {
        push();
        return true;
    }

    @Override
    public void endVisit(Block tree, BlockScope none) {
        pop();
    }

    @Override
    public boolean visit(ForStatement tree, BlockScope none) {
        push();
        return true;
    }

    @Override
    public void endVisit(ForStatement tree, BlockScope none) {
        pop();
    }

    @Override
    public boolean visit(ForeachStatement tree, BlockScope none) {
        push();
        if (tree.elementVariable.type != null
                && tree.elementVariable.type.toString().equals("var")) {
            var here = scope;
            elements.put(tree.elementVariable, () -> typer.element(typer.type(tree.collection, here), here));
        }
        return true;
    }

    @Override
    public void endVisit(ForeachStatement tree, BlockScope none) {
        pop();
    }

    @Override
    public boolean visit(TryStatement tree, BlockScope none) {
        push();
        return true;
    }

    @Override
    public void endVisit(TryStatement tree, BlockScope none) {
        pop();
    }

    @Override
    public boolean visit(SwitchStatement tree, BlockScope none) {
        push();
        var here = scope;
        switches.push(() -> typer.type(tree.expression, here));
        return true;
    }

    @Override
    public void endVisit(SwitchStatement tree, BlockScope none) {
        switches.pop();
        pop();
    }

    @Override
    public boolean visit(SwitchExpression tree, BlockScope none) {
        return visit((SwitchStatement) tree, none);
    }

    @Override
    public void endVisit(SwitchExpression tree, BlockScope none) {
        endVisit((SwitchStatement) tree, none);
    }

    @Override
    public boolean visit(LambdaExpression tree, BlockScope none) {
        push();
        var target = targetOf(tree);
        var arguments = Functions.arguments(tree);
        var around = scope;
        for (int i = 0; i < arguments.length; i++) {
            var argument = arguments[i];
            int index = i;
            var variable = new Variable(Kind.PARAMETER, new String(argument.name), argument.sourceStart, () -> {
                if (Functions.isTyped(argument)) {
                    return typer.type(argument.type, around);
                }
                var types = typer.calls.inference().functions().parameters(target.get());
                return index < types.size() ? types.get(index) : JType.UNKNOWN;
            });
            parameters.put(argument, variable);
            scope = scope.with(variable);
        }
        returns(() -> typer.calls.inference().functions().result(target.get()));
        body(tree);
        return true;
    }

    @Override
    public void endVisit(LambdaExpression tree, BlockScope none) {
        returned();
        pop();
    }

    void declaresArgument(Argument tree) {
        var name = new String(tree.name);
        var known = parameters.get(tree);
        var variable = known;
        if (variable == null) {
            var here = scope;
            variable = new Variable(Kind.PARAMETER, name, tree.sourceStart, () -> declared(tree, here));
            scope = scope.with(variable);
        }
        declares(name, tree.sourceStart, variable);
    }

    private JType declared(Argument tree, Scope here) {
        var type = typer.type(tree.type, here);
        return tree.isVarArgs() && !String.valueOf(tree.type).endsWith("...") ? type.array(1) : type;
    }

    @Override
    public boolean visit(LocalDeclaration tree, BlockScope none) {
        target(tree.initialization, () -> typer.type(tree.type, scope));
        return true;
    }

    @Override
    public void endVisit(LocalDeclaration tree, BlockScope none) {
        var element = elements.get(tree);
        var name = new String(tree.name);
        var variable = element != null
                ? new Variable(Kind.LOCAL, name, tree.sourceStart, element)
                : typer.calls.inference().functions().local(tree, scope);
        scope = scope.with(variable);
        declares(name, tree.sourceStart, variable);
    }
}
