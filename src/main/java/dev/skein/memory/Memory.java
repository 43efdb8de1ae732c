package dev.skein.memory;

import dev.skein.memory.MemoryReport.Component;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The memory of one node: who holds what, how near the limit it is, and the order in which caches give way. */
public final class Memory {
    private static final int PASSES_MAX = 3;
    private static final Comparator<Registration> GIVING_WAY = Comparator.comparingInt(Memory::priority)
            .thenComparing(Comparator.comparingLong(Registration::bytes).reversed())
            .thenComparing(Registration::name);

    private final Effective effective;
    private final Budget budget;
    private final Reservations reservations;
    private final Supplier<Usage> usage;
    private final List<Registration> registered = new CopyOnWriteArrayList<>();
    private final List<Consumer<MemoryReport.Change>> listeners = new CopyOnWriteArrayList<>();
    private Pressure pressure = Pressure.LOW; // guarded by this

    public Memory(Effective effective, Budget budget, Reservations reservations, Supplier<Usage> usage) {
        this.effective = effective;
        this.budget = budget;
        this.reservations = reservations;
        this.usage = usage;
    }

    /** This machine under a configuration. */
    public static Memory of(MemoryConfig config) {
        var effective = Effective.read(config.budget());
        var capacity = config.capacity(effective, Usage.now());
        return new Memory(effective, config.caches(effective), new Reservations(capacity), Usage::now);
    }

    public Reservations reservations() {
        return reservations;
    }

    /** A counter of what cannot be let go. */
    public Registration register(String name, Category category) {
        return registration(name, category, null);
    }

    /** A counter of what gives way. */
    public Registration register(String name, Category category, Evictor evictor) {
        return registration(name, category, evictor);
    }

    private Registration registration(String name, Category category, @Nullable Evictor evictor) {
        var made = new Registration(name, category, evictor, registered::remove);
        registered.add(made);
        return made;
    }

    /** Told of each change of the level, on the thread that found it. */
    public void onChange(Consumer<MemoryReport.Change> listener) {
        listeners.add(listener);
    }

    /** The level that the last {@link #enforce} found. */
    public synchronized Pressure pressure() {
        return pressure;
    }

    /** Everything at this moment, with the largest components. */
    public synchronized MemoryReport report(int componentsMax) {
        var process = usage.get();
        return report(process, pressure.next(ratio(process)), componentsMax);
    }

    /** Finds the level, lets caches give way to it and tells of a change. Deterministic; on the caller's thread. */
    public synchronized MemoryReport enforce() {
        var before = pressure;
        var level = before.next(ratio(usage.get()));
        if (level != Pressure.LOW || isOverBudget()) {
            if (level.compareTo(Pressure.HIGH) >= 0) {
                registered.stream()
                        .map(Registration::evictor)
                        .filter(evictor -> evictor != null)
                        .forEach(Evictor::flushToDisk);
            }
            evict(level);
        }
        var process = usage.get();
        pressure = before.next(ratio(process));
        var after = report(process, pressure, 10);
        if (pressure != before) {
            var change = new MemoryReport.Change(before, pressure, after);
            listeners.forEach(listener -> listener.accept(change));
        }
        return after;
    }

    /** Lets caches give way as if nothing were left, whatever the level; answers how many bytes they gave. */
    public synchronized long trim() {
        long before = registered.stream().mapToLong(Registration::bytes).sum();
        evict(Pressure.CRITICAL);
        return Math.max(
                0, before - registered.stream().mapToLong(Registration::bytes).sum());
    }

    private void evict(Pressure level) {
        var allowed = allowances(level);
        for (var category : Category.values()) {
            for (int pass = 0; pass < PASSES_MAX; pass++) {
                trim(category, allowed.getOrDefault(category, 0L));
            }
        }
    }

    /** One round over a category, ended as soon as it is inside what it may keep. */
    private void trim(Category category, long allowed) {
        long held = held(category, true);
        var order = registered.stream()
                .filter(one -> one.category() == category && one.evictor() != null)
                .sorted(GIVING_WAY)
                .toList();
        for (var one : order) {
            var evictor = one.evictor();
            if (evictor != null && held(category, true) > allowed) {
                evictor.evictTo(Budget.share(one.bytes(), allowed, held));
            }
        }
    }

    /** What each category's caches may keep; less for all when something that cannot give way takes their room. */
    private Map<Category, Long> allowances(Pressure level) {
        var allowed = new EnumMap<Category, Long>(Category.class);
        long targets = 0;
        long fixed = 0;
        for (var category : Category.values()) {
            long target = (long) (budget.of(category) * level.factor);
            long stuck = held(category, false);
            targets += target;
            fixed += stuck;
            allowed.put(category, Math.min(held(category, true), Math.max(0, target - stuck)));
        }
        long room = Math.max(0, targets - fixed);
        long wished = allowed.values().stream().mapToLong(Long::longValue).sum();
        if (wished > room) {
            allowed.replaceAll((category, bytes) -> Budget.share(bytes, room, wished));
        }
        return allowed;
    }

    private boolean isOverBudget() {
        return usageByCategory().entrySet().stream().anyMatch(entry -> entry.getValue() > budget.of(entry.getKey()));
    }

    /** The worse of what caches hold of their budget and what the process holds of its limit. */
    private double ratio(Usage process) {
        double tracked = registered.stream().mapToLong(Registration::bytes).sum();
        return Math.max(
                tracked / Math.max(1, budget.total()), (double) process.pressing() / Math.max(1, effective.chosen()));
    }

    private long held(Category category, boolean evictable) {
        return registered.stream()
                .filter(one -> one.category() == category && (one.evictor() != null) == evictable)
                .mapToLong(Registration::bytes)
                .sum();
    }

    private Map<Category, Long> usageByCategory() {
        var all = new EnumMap<Category, Long>(Category.class);
        for (var category : Category.values()) {
            all.put(category, held(category, true) + held(category, false));
        }
        return all;
    }

    private MemoryReport report(Usage process, Pressure level, int componentsMax) {
        var components = registered.stream()
                .map(one -> new Component(one.name(), one.category(), one.bytes()))
                .sorted(Comparator.comparingLong(Component::bytes)
                        .reversed()
                        .thenComparing(Component::name)
                        .thenComparing(Component::category))
                .limit(componentsMax)
                .toList();
        return new MemoryReport(
                budget,
                usageByCategory(),
                process,
                level,
                effective,
                reservations.reserved(),
                reservations.capacity(),
                components);
    }

    private static int priority(Registration one) {
        var evictor = one.evictor();
        return evictor == null ? 0 : evictor.priority();
    }
}
