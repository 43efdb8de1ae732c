package dev.skein.http.guard;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.skein.http.contract.Faults;
import dev.skein.http.contract.Operation;
import dev.skein.http.contract.Operation.Query;
import dev.skein.http.contract.Schema.Type;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the text of a query parameter against what it stands for. */
final class QueryValue {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

    private QueryValue() {}

    /** Notes those that the operation does not list, where it refuses them. */
    static void checkNames(Operation operation, Set<String> given, Faults faults) {
        if (operation.isQueryClosed()) {
            var known = operation.query().stream().map(Query::name).toList();
            given.stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> faults.unknown("the query parameter " + name, name, known));
        }
    }

    static void check(Query parameter, String text, Faults faults) {
        if (parameter.schema().type() != Type.INTEGER) {
            parameter.schema().check(new TextNode(text), parameter.name(), faults);
        } else if (WHOLE.matcher(text).matches()) {
            parameter.schema().check(new LongNode(Long.parseLong(text)), parameter.name(), faults);
        } else {
            faults.add(parameter.name() + " must be a whole number");
        }
    }
}
