package dev.skein.index.query;

import dev.skein.bus.Endpoint;
import dev.skein.bus.Topic;
import dev.skein.index.query.Queries.Coverage;
import dev.skein.index.symbol.Span;
import dev.skein.index.symbol.Symbol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked about code at a place. */
public final class Code {
    /** Most places that one answer has. */
    public static final int LIMIT_MAX = 10_000;

    /** How sure an answer, or one place of it, is. */
    public enum Certainty {
        RESOLVED,
        POSSIBLE,
        UNRESOLVED
    }

    /**
     * A question about the name at a place.
     *
     * @param id by which it may be called off; empty for one that is not
     * @param workspace its name
     * @param line from 0, as is the column, in UTF-16 code units
     * @param limit places in the answer at most
     */
    public record Question(String id, String workspace, String path, int line, int column, int limit) {}

    /** The syntax errors of one file. */
    public record Check(String workspace, String path) {}

    /**
     * A declaration, or a place that refers to one.
     *
     * @param at the name itself
     * @param symbol what is declared there, or around it for a reference; null for a local variable
     * @param line the text of the line it begins in, without blanks around, at most 200 characters
     */
    public record Place(
            Certainty certainty,
            String path,
            Span at,
            @Nullable Symbol symbol,
            String line) {}

    /**
     * What was found.
     *
     * @param reason a code for why it is unresolved, see {@code docs/architecture.md}; else empty
     * @param name the word at the place, empty where there is none
     * @param at where that stands; null where there is none
     * @param total how many places there are, of which {@code places} may be the first; for references that many were
     *     found before the search ended, which it does once it has more sure ones than may be shown
     */
    public record Answer(
            Certainty certainty,
            String reason,
            String name,
            @Nullable Span at,
            List<Place> places,
            long total,
            Coverage coverage) {
        public Answer {
            places = List.copyOf(places);
        }
    }

    /**
     * @param declaration as it is written, without a body
     * @param documentation as it is written, without its frame of asterisks
     */
    public record Hover(Answer answer, String declaration, String documentation) {}

    /**
     * The types above a type and below it, the nearest first.
     *
     * @param type where the name at the place leads to
     */
    public record Hierarchy(Answer type, List<Place> supertypes, List<Place> subtypes) {
        public Hierarchy {
            supertypes = List.copyOf(supertypes);
            subtypes = List.copyOf(subtypes);
        }
    }

    /** Where a file cannot be read as Java; all are errors. */
    public record Fault(Span span, String message) {}

    public record Faults(List<Fault> faults, Coverage coverage) {
        public Faults {
            faults = List.copyOf(faults);
        }
    }

    /** A question that nobody waits for any more. */
    public record CalledOff(String id) {}

    /** Served by each router, as are all that follow. Fails with 404 {@code workspace_not_found}. */
    public static final Endpoint<Question, Answer> DEFINITION =
            new Endpoint<>("index.definition.v1", Question.class, Answer.class);

    public static final Endpoint<Question, Hover> HOVER = new Endpoint<>("index.hover.v1", Question.class, Hover.class);

    /** The declaration itself is not among the places. */
    public static final Endpoint<Question, Answer> REFERENCES =
            new Endpoint<>("index.references.v1", Question.class, Answer.class);

    /** Types below a type, methods that override a method. */
    public static final Endpoint<Question, Answer> IMPLEMENTATIONS =
            new Endpoint<>("index.implementations.v1", Question.class, Answer.class);

    public static final Endpoint<Question, Hierarchy> HIERARCHY =
            new Endpoint<>("index.type-hierarchy.v1", Question.class, Hierarchy.class);

    public static final Endpoint<Check, Faults> DIAGNOSTICS =
            new Endpoint<>("index.diagnostics.v1", Check.class, Faults.class);

    /** Heard by routers and workers, who then stop. */
    public static final Topic<CalledOff> CALLED_OFF = new Topic<>("index.called-off.v1", CalledOff.class);

    private Code() {}
}
