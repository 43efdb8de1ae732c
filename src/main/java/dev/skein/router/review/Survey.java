package dev.skein.router.review;

import dev.skein.review.engine.Engines;
import dev.skein.review.engine.ReviewEnginesConfig;
import dev.skein.review.persona.Personas;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.ReviewParts.Register;
import dev.skein.review.run.Reviews.Choice;
import dev.skein.review.run.Reviews.Create;
import dev.skein.review.run.Reviews.SkippedPath;
import dev.skein.review.scope.Changes;
import dev.skein.review.scope.Scope;
import dev.skein.review.scope.SourceReader;
import dev.skein.review.scope.Unit;
import dev.skein.review.scope.Wanted;
import dev.skein.review.scope.Wanted.Priority;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a router finds out about a directory before it is reviewed. Blocks. */
record Survey(Register register, List<Unit> units) {
    Survey {
        units = List.copyOf(units);
    }

    /** Where and with what it is done. */
    record Means(String node, ReviewEnginesConfig config, Engines engines, Personas personas) {}

    /** @param before hash of each file of the earlier run by its path; null without an earlier run */
    static Survey of(Create ask, Located at, Means means, @Nullable Map<String, String> before) {
        var choice = chosen(ask.choice(), means.config);
        var here = at.canonical();
        var scope = Scope.of(here.root(), wanted(choice)).naming(choice.include());
        var units =
                before == null ? scope.units() : Changes.since(before, scope).units();
        var found = new Found(here, units, List.of(scope), String.valueOf(ask.since()));
        return new Survey(register(ask, means, choice, found), units);
    }

    /**
     * What is to be reviewed of a canonical root.
     *
     * @param scopes that the units are from; what is in one of them is not skipped
     * @param source where it is from; the same from elsewhere is another run
     */
    record Found(Located at, List<Unit> units, List<Scope> scopes, String source) {
        Found {
            units = List.copyOf(units);
            scopes = List.copyOf(scopes);
        }
    }

    static Register register(Create ask, Means means, Choice choice, Found found) {
        var persona = means.personas.named(ask.persona().isBlank() ? means.config.persona() : ask.persona());
        var fingerprint = means.engines.named(choice.engine()).fingerprint(persona);
        var root = found.at.root();
        var units = found.units;
        var skips = Scope.skips(found.scopes);
        var name = ask.name().isBlank() ? found.at.name(root) : ask.name().strip();
        var key = List.of(means.node, root, name, words(choice), persona.name(), found.source)
                .toString();
        return new Register(
                hash(key),
                name,
                root.toString(),
                means.node,
                found.at.origin(),
                hash(units, fingerprint),
                choice,
                persona.name(),
                fingerprint,
                ask.since(),
                units.stream().mapToInt(unit -> unit.files().size()).sum(),
                units.stream().mapToLong(Unit::lines).sum(),
                skips.counts(),
                skips.first(ReviewParts.SKIPPED_MAX).stream()
                        .map(each -> new SkippedPath(each.path(), each.reason().word()))
                        .toList(),
                ask.caller());
    }

    static Choice chosen(Choice asked, ReviewEnginesConfig config) {
        return new Choice(
                asked.engine().isBlank() ? config.engine() : asked.engine(),
                asked.include(),
                asked.exclude(),
                asked.depthMax(),
                asked.priorities(),
                asked.labels(),
                asked.attemptsMax());
    }

    /** A map has no order of its own. */
    private static List<Object> words(Choice choice) {
        return List.of(
                choice.engine(),
                choice.include(),
                choice.exclude(),
                choice.depthMax(),
                new TreeMap<>(choice.priorities()),
                choice.labels(),
                choice.attemptsMax());
    }

    private static Wanted wanted(Choice choice) {
        var wanted = Wanted.DEFAULTS.including(choice.include()).excluding(choice.exclude());
        var deep = choice.depthMax() > 0 ? wanted.to(choice.depthMax()) : wanted;
        var rules = new ArrayList<Priority>();
        new TreeMap<>(choice.priorities()).forEach((pattern, priority) -> rules.add(new Priority(pattern, priority)));
        rules.addAll(Wanted.DEFAULTS.priorities());
        return deep.ranking(rules);
    }

    private static String hash(List<Unit> units, String fingerprint) {
        var text = new StringBuilder(fingerprint);
        for (var unit : units) {
            text.append('\0').append(unit.id()).append('\0').append(unit.priority());
            unit.files()
                    .forEach(file ->
                            text.append('\0').append(file.path()).append('\0').append(file.hash()));
        }
        return hash(text.toString());
    }

    private static String hash(String text) {
        return SourceReader.hash(text.getBytes(StandardCharsets.UTF_8));
    }
}
