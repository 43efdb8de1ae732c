package dev.skein.coordinator.alert;

import dev.skein.coordinator.alert.Conditions.Condition;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Alerts.Acknowledged;
import dev.skein.pipeline.Alerts.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that hold and those that did. One that ends and begins again within a short while is the same alert, and
 * nobody is told twice. Confined to one event loop; time comes in.
 */
final class Alarms {
    static final int HISTORY_MAX = 1_000;
    static final Duration FLAPPING = Duration.ofMinutes(5);

    /** What somebody may want to be told. */
    record Change(Alert alert, boolean isNew) {}

    private record Alarm(
            Condition condition,
            Instant since,
            @Nullable Instant resolvedAt,
            int times,
            @Nullable Acknowledged acknowledged) {
        Alert shown(Instant now) {
            boolean isKnown = acknowledged != null && now.isBefore(acknowledged.until());
            var whileHeld = isKnown ? "acknowledged" : "open";
            var end = resolvedAt == null ? now : resolvedAt;
            return new Alert(
                    condition.id(),
                    condition.rule(),
                    condition.severity(),
                    condition.text(),
                    resolvedAt == null ? whileHeld : "resolved",
                    since,
                    Duration.between(since, end).toSeconds(),
                    resolvedAt,
                    times,
                    isKnown ? acknowledged : null);
        }

        Alarm with(Condition latest) {
            return new Alarm(latest, since, resolvedAt, times, acknowledged);
        }

        Alarm with(@Nullable Acknowledged by) {
            return new Alarm(condition, since, resolvedAt, times, by);
        }

        Alarm ended(Instant at) {
            return new Alarm(condition, since, at, times, acknowledged);
        }

        Alarm again(Condition latest, Instant at) {
            return new Alarm(latest, at, null, times + 1, acknowledged);
        }
    }

    private final Map<String, Alarm> holding = new TreeMap<>();
    private final ArrayDeque<Alarm> past = new ArrayDeque<>(); // the latest first

    /** Takes in the present; answers what began or ended, without what merely flaps. */
    List<Change> see(List<Condition> conditions, Instant now) {
        var seen = conditions.stream()
                .collect(Collectors.toMap(Condition::id, Function.identity(), (one, other) -> one, TreeMap::new));
        var changes = new ArrayList<Change>();
        for (var id : List.copyOf(holding.keySet())) {
            if (!seen.containsKey(id)) {
                changes.addAll(end(id, now));
            }
        }
        seen.forEach((id, condition) -> {
            var known = holding.get(id);
            if (known == null) {
                changes.addAll(begin(condition, now));
            } else {
                holding.put(id, known.with(condition));
            }
        });
        return changes;
    }

    private List<Change> end(String id, Instant now) {
        var alarm = holding.remove(id);
        if (alarm == null) {
            return List.of();
        }
        var ended = alarm.ended(now);
        past.addFirst(ended);
        if (past.size() > HISTORY_MAX) {
            past.removeLast();
        }
        return ended.times == 1 ? List.of(new Change(ended.shown(now), false)) : List.of();
    }

    private List<Change> begin(Condition condition, Instant now) {
        var before = past.stream()
                .filter(alarm -> alarm.condition.id().equals(condition.id()))
                .findFirst()
                .orElse(null);
        boolean flaps = before != null && before.resolvedAt != null && now.isBefore(before.resolvedAt.plus(FLAPPING));
        if (flaps && before != null) {
            past.remove(before);
            holding.put(condition.id(), before.again(condition, now));
            return List.of();
        }
        var fresh = new Alarm(condition, now, null, 1, null);
        holding.put(condition.id(), fresh);
        return List.of(new Change(fresh.shown(now), true));
    }

    /** By severity, then age; then the past, the latest first. */
    List<Alert> all(Instant now) {
        var all = new ArrayList<>(holding.values().stream()
                .map(alarm -> alarm.shown(now))
                .sorted(Comparator.comparing(Alert::severity).thenComparing(Alert::since)) // critical before warning
                .toList());
        past.forEach(alarm -> all.add(alarm.shown(now)));
        return all;
    }

    /** What holds, by id. */
    List<Alert> holding(Instant now) {
        return holding.values().stream().map(alarm -> alarm.shown(now)).toList();
    }

    Alert find(String id, Instant now) {
        var alarm = holding.get(id);
        if (alarm == null) {
            alarm = past.stream()
                    .filter(each -> each.condition.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> unknown(id));
        }
        return alarm.shown(now);
    }

    Alert acknowledge(String id, Acknowledged by, Instant now) {
        var alarm = holding.get(id);
        if (alarm == null) {
            throw unknown(id);
        }
        var known = alarm.with(by);
        holding.put(id, known);
        return known.shown(now);
    }

    private static Problem unknown(String id) {
        return Problem.notFound("alert_not_found", "no alert " + id);
    }
}
