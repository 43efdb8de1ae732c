package dev.skein.pipeline.vpl.names;

import dev.skein.pipeline.vpl.ast.Expression;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.Let;
import dev.skein.pipeline.vpl.ast.TypeName;
import dev.skein.pipeline.vpl.resolved.Binding;
import dev.skein.pipeline.vpl.resolved.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The order in which a name is looked up where an expression stands. */
public interface Scope {
    Binding bind(Expression.Name name);

    /** What {@code name.field} stands for where {@code name} is a source of the stream; null elsewhere. */
    default @Nullable Binding member(String name, Id field) {
        return null;
    }

    /** Of a top-level initialiser or a connector's parameter: top-level names and nothing else. */
    record TopLevel(Symbols symbols) implements Scope {
        @Override
        public Binding bind(Expression.Name name) {
            var let = symbols.lets.get(name.name());
            if (let == null && !symbols.isBroken(name.name())) {
                var message = "`" + name.name() + "` is not a top-level name, and there is no event here";
                var hint = symbols.hint(name.name(), symbols.lets.keySet());
                symbols.diagnostics.error("E000", name.at(), message, hint);
            }
            return let == null ? new Binding.EventField(name.name(), null) : new Binding.Global(let);
        }
    }

    /** Of a function body: its variables, top-level names, at last a field of the current event. */
    final class Body implements Scope {
        private final Symbols symbols;
        private static final int GUESSES_MAX = 500;

        private final Deque<Map<String, Variable>> blocks = new ArrayDeque<>();
        private final List<Variable> variables = new ArrayList<>();

        public Body(Symbols symbols) {
            this.symbols = symbols;
            open();
        }

        public void open() {
            blocks.push(new HashMap<>());
        }

        public void close() {
            blocks.pop();
        }

        public List<Variable> variables() {
            return variables;
        }

        public Variable declare(Id id, @Nullable TypeName type, boolean assignable) {
            var variable = new Variable(id, variables.size(), type, assignable);
            variables.add(variable);
            if (blocks.element().putIfAbsent(id.name(), variable) != null) {
                symbols.error("E000", id, "`" + id.name() + "` is already declared in this block");
            }
            return variable;
        }

        public @Nullable Variable find(String name) {
            for (var block : blocks) {
                var variable = block.get(name);
                if (variable != null) {
                    return variable;
                }
            }
            return null;
        }

        /** Names to guess from; none in a function too large for guessing. */
        public Set<String> names() {
            var names = new HashSet<String>();
            if (variables.size() > GUESSES_MAX) {
                return names;
            }
            blocks.forEach(block -> names.addAll(block.keySet()));
            return names;
        }

        @Override
        public Binding bind(Expression.Name name) {
            var variable = find(name.name());
            if (variable != null) {
                return new Binding.Local(variable);
            }
            Let let = symbols.lets.get(name.name());
            if (let != null) {
                return new Binding.Global(let);
            }
            if (!symbols.isBroken(name.name())) {
                var message = "`" + name.name() + "` is no variable here and is read from the current event";
                var hint = symbols.hint(name.name(), names(), "pass it as a parameter");
                symbols.diagnostics.warning("W040", name.at(), message, hint);
            }
            return new Binding.EventField(name.name(), null);
        }
    }

    /** Of a stream's operators: sources, known fields, top-level names, at last any field of the event. */
    final class Chain implements Scope {
        private final Symbols symbols;
        private final Set<String> sources = new HashSet<>();
        private final Set<String> aliases = new HashSet<>();
        private Map<String, @Nullable TypeName> known;

        /** @param known fields by name, with their declared type or null */
        public Chain(Symbols symbols, Map<String, @Nullable TypeName> known) {
            this.symbols = symbols;
            this.known = known;
        }

        /** A name that stands for the event only before a dot. */
        public void source(String name) {
            sources.add(name);
        }

        /** A name that also stands for an event alone. */
        public void alias(String name) {
            aliases.add(name);
        }

        /** What the fields are from here on. */
        public void replaceFields(Set<String> names) {
            known = new HashMap<>();
            names.forEach(name -> known.put(name, null));
        }

        @Override
        public Binding bind(Expression.Name name) {
            if (aliases.contains(name.name())) {
                return new Binding.Source(name.name());
            }
            var let = symbols.lets.get(name.name());
            if (known.containsKey(name.name())) {
                if (let != null) {
                    var message = "`" + name.name() + "` is the field here, not the top-level name";
                    symbols.diagnostics.warning("W041", name.at(), message, "rename one of them");
                }
                return new Binding.EventField(name.name(), known.get(name.name()));
            }
            return let != null ? new Binding.Global(let) : new Binding.EventField(name.name(), null);
        }

        @Override
        public @Nullable Binding member(String name, Id field) {
            if (aliases.contains(name)) {
                return new Binding.Source(name);
            }
            return sources.contains(name) ? new Binding.EventField(field.name(), known.get(field.name())) : null;
        }
    }
}
