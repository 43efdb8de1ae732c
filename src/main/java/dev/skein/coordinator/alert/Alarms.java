package dev.skein.coordinator.alert;

import dev.skein.coordinator.alert.Conditions.Condition;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Alerts.Acknowledged;
import dev.skein.pipeline.Alerts.Alert;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Alerts that hold and those that did. One that ends and begins again within a short while is the same alert, and
 * nobody is told twice. Confined to one event loop; time comes in.
 */
final class Alarms {
    static final int HISTORY_MAX = 1_000;
    static final Duration FLAPPING = Duration.ofMinutes(5);

    /** How long what a former leader saw is believed before this one has seen enough to say that it is over. */
    static final Duration SETTLING = Duration.ofSeconds(30);

    private static final int UNSAVED_MAX = 4 * HISTORY_MAX;

    /** What somebody may want to be told. */
    record Change(Alert alert, boolean isNew) {}

    private final Map<String, Alarm> holding = new TreeMap<>();
    private final ArrayDeque<Alarm> past = new ArrayDeque<>(); // the latest first
    private final Set<String> inherited = new HashSet<>();
    private final Map<Alarm.Key, Optional<Alarm>> unsaved = new LinkedHashMap<>();
    private Instant settled = Instant.MIN;

    /** Goes on from what a former leader left, the oldest first. */
    void inherit(List<Alarm> kept, Instant now) {
        settled = now.plus(SETTLING);
        for (var alarm : kept) {
            if (alarm.resolvedAt() == null) {
                holding.put(alarm.condition().id(), alarm);
                inherited.add(alarm.condition().id());
            } else {
                remember(alarm);
            }
        }
    }

    /** Takes in the present; answers what began or ended, without what merely flaps. */
    List<Change> see(List<Condition> conditions, Instant now) {
        var at = now.truncatedTo(ChronoUnit.MILLIS);
        var seen = conditions.stream()
                .collect(Collectors.toMap(Condition::id, Function.identity(), (one, other) -> one, TreeMap::new));
        inherited.removeAll(seen.keySet());
        var changes = new ArrayList<Change>();
        for (var id : List.copyOf(holding.keySet())) {
            boolean isOpen = inherited.contains(id) && at.isBefore(settled);
            if (!seen.containsKey(id) && !isOpen) {
                changes.addAll(end(id, at));
            }
        }
        seen.forEach((id, condition) -> {
            var known = holding.get(id);
            if (known == null) {
                changes.addAll(begin(condition, at));
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
        remember(ended);
        save(ended);
        return ended.times() == 1 ? List.of(new Change(ended.shown(now), false)) : List.of();
    }

    private void remember(Alarm ended) {
        past.addFirst(ended);
        if (past.size() > HISTORY_MAX) {
            forget(past.removeLast());
        }
    }

    private List<Change> begin(Condition condition, Instant now) {
        var before = past.stream()
                .filter(alarm -> alarm.condition().id().equals(condition.id()))
                .findFirst()
                .orElse(null);
        boolean flaps = before != null
                && before.resolvedAt() != null
                && now.isBefore(before.resolvedAt().plus(FLAPPING));
        if (flaps && before != null) {
            past.remove(before);
            forget(before);
            hold(before.again(condition, now));
            return List.of();
        }
        var fresh = new Alarm(condition, now, null, 1, null);
        hold(fresh);
        return List.of(new Change(fresh.shown(now), true));
    }

    private void hold(Alarm alarm) {
        holding.put(alarm.condition().id(), alarm);
        save(alarm);
    }

    /** Adds what others saw while nobody looked here; what several saw of the same is one alert. */
    void add(Condition condition, Instant since, Instant until) {
        var ended = new Alarm(
                condition, since.truncatedTo(ChronoUnit.MILLIS), until.truncatedTo(ChronoUnit.MILLIS), 1, null);
        var same = past.stream()
                .filter(alarm -> alarm.condition().id().equals(condition.id()))
                .filter(alarm -> alarm.endedWithin(since, until, SETTLING))
                .findFirst()
                .orElse(null);
        if (same != null) {
            past.remove(same);
            forget(same);
            ended = widest(same, ended);
        }
        remember(ended);
        save(ended);
    }

    private static Alarm widest(Alarm one, Alarm other) {
        var since = one.since().isBefore(other.since()) ? one.since() : other.since();
        var ends = List.of(
                Optional.ofNullable(one.resolvedAt()).orElse(since),
                Optional.ofNullable(other.resolvedAt()).orElse(since));
        var until = ends.get(0).isAfter(ends.get(1)) ? ends.get(0) : ends.get(1);
        return new Alarm(one.condition(), since, until, one.times(), one.acknowledged());
    }

    private void save(Alarm alarm) {
        unsaved.remove(alarm.key());
        unsaved.put(alarm.key(), Optional.of(alarm));
        bound();
    }

    private void forget(Alarm alarm) {
        unsaved.remove(alarm.key());
        unsaved.put(alarm.key(), Optional.empty());
        bound();
    }

    private void bound() {
        if (unsaved.size() > UNSAVED_MAX) {
            unsaved.remove(unsaved.keySet().iterator().next());
        }
    }

    /** What the store does not have yet; an empty value is a row that is to go. */
    Map<Alarm.Key, Optional<Alarm>> takeUnsaved() {
        var taken = new LinkedHashMap<>(unsaved);
        unsaved.clear();
        return taken;
    }

    /** The store did not take these; what is newer stands. */
    void giveBack(Map<Alarm.Key, Optional<Alarm>> taken) {
        taken.forEach(unsaved::putIfAbsent);
        bound();
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
                    .filter(each -> each.condition().id().equals(id))
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
        hold(known);
        return known.shown(now);
    }

    private static Problem unknown(String id) {
        return Problem.notFound("alert_not_found", "no alert " + id);
    }
}
