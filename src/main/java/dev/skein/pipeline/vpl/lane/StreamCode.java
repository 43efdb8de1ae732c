package dev.skein.pipeline.vpl.lane;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Shape;
import dev.skein.pipeline.vpl.value.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the compiled classes extend: the streams of one program as seen by one lane, with the state of the stream that
 * runs right now. Confined to its lane.
 */
public abstract class StreamCode {
    /** Calls nested deeper than this are an event error. */
    public static final int DEPTH_MAX = 512;

    private static final int KEPT_MAX = 4096; // entries of a list that is kept for the next event
    private static final int FUEL = 1 << 16; // steps between two looks at the stop signal
    private static final int EVENT_BYTES_MIN = 128;

    /** A loop that only emits would fill the memory long before it has used up its steps. */
    private static final long EMITTED_MAX = Runtime.getRuntime().maxMemory() / EVENT_BYTES_MIN;

    private static final Event NOTHING = Event.empty("", 0);

    /** Steps until {@link #refuel}; counted down by the compiled code. */
    protected int fuel;

    /** What functions see as the current event. */
    protected Event event = NOTHING;

    /** What {@code emit} statements added since {@link #collect}. */
    protected ArrayList<Event> emitted = new ArrayList<>();

    /** Top-level values while they are being computed, by index. */
    protected @Nullable Object[] globals = new Object[0];

    private @Nullable String emitAs;
    private long reserve;
    private long budget;
    private BooleanSupplier stopped = () -> false;
    private ArrayList<Event> products = new ArrayList<>();
    private List<ArrayList<Event>> sends = List.of();

    /** Runs one stretch of a chain on one event; generated. Stretch n is the start of stream n's chain. */
    protected abstract void run(int stretch, Event input);

    /** Computes the constant with this index; generated where a program has any. */
    protected @Nullable Object value(int index) {
        throw new IllegalArgumentException("no constant " + index);
    }

    /** To be called once, before anything else. */
    final void prepare(long stepBudget, int sinks, BooleanSupplier stop) {
        this.budget = stepBudget;
        this.stopped = stop;
        var lists = new ArrayList<ArrayList<Event>>();
        for (int i = 0; i < sinks; i++) {
            lists.add(new ArrayList<>());
        }
        this.sends = lists;
    }

    /** Runs one stream on one event; what it made is then in {@link #products} and {@link #sends}. */
    final void process(int stream, Event input) {
        event = input;
        refill();
        run(stream, input);
    }

    /** Makes ready for the next event, and lets go of what this one left behind. */
    final void forget() {
        products = emptied(products);
        emitted = emptied(emitted);
        for (int i = 0; i < sends.size(); i++) {
            sends.set(i, emptied(sends.get(i)));
        }
        event = NOTHING;
    }

    private static ArrayList<Event> emptied(ArrayList<Event> list) {
        if (list.size() > KEPT_MAX) {
            return new ArrayList<>();
        }
        list.clear();
        return list;
    }

    private void refill() {
        fuel = (int) Math.min(FUEL, budget);
        reserve = budget - fuel;
    }

    /** All top-level values, each after those before it. */
    public final @Nullable Object[] values(int count, long stepBudget) {
        prepare(stepBudget, 0, stopped);
        globals = new Object[count];
        for (int i = 0; i < count; i++) {
            refill();
            globals[i] = value(i);
        }
        return globals;
    }

    final ArrayList<Event> products() {
        return products;
    }

    /** The products, which now belong to the caller. */
    final ArrayList<Event> takeProducts() {
        var taken = products;
        products = new ArrayList<>();
        return taken;
    }

    final List<ArrayList<Event>> sends() {
        return sends;
    }

    /** Pays for the step that found no fuel: takes more from the budget, or ends the event. */
    protected final void refuel(String where, int line) {
        if (stopped.getAsBoolean()) {
            throw new Fault(Fault.STOPPED, "the pipeline was stopped", line);
        }
        if (reserve <= 0) {
            var message = "more than %d steps for one event, in %s, line %d".formatted(budget, where, line);
            throw new Fault(Fault.BUDGET, message, line);
        }
        int more = (int) Math.min(FUEL, reserve);
        reserve -= more;
        fuel = more - 1;
    }

    /** Ends the event because calls are nested too deeply. */
    protected final void tooDeep(String where, int line) {
        throw new Fault(Fault.DEPTH, "calls nested deeper than " + DEPTH_MAX + " in " + where, line);
    }

    /** Starts to collect for a {@code .process}; {@code type} replaces that of the {@code emit} statements. */
    protected final void collect(@Nullable String type) {
        emitAs = type;
        emitted = new ArrayList<>(); // the one before may be walked right now
    }

    /** One {@code emit} statement. */
    protected final void emit(String type, Shape shape, @Nullable Object[] values) {
        if (emitted.size() >= EMITTED_MAX) {
            throw new Fault(Fault.OUTPUTS, "more than " + EMITTED_MAX + " outputs of one event", 0);
        }
        emitted.add(new Event(emitAs == null ? type : emitAs, shape, event.timeNanos(), values));
    }

    /** An event made by {@code .emit}, which the stream produces. */
    protected final Event product(String type, Shape shape, @Nullable Object[] values) {
        var product = new Event(type, shape, event.timeNanos(), values);
        products.add(product);
        return product;
    }

    /** The stream produces this event under the given type. */
    protected final Event product(String type, Event same) {
        var product = same.as(type);
        products.add(product);
        return product;
    }

    /** The rest of the chain, for each event that was collected. */
    protected final void runAll(int stretch) {
        for (var each : emitted) {
            event = each;
            run(stretch, each);
        }
    }

    /** The stream produces what was collected. */
    protected final void productAll() {
        if (products.isEmpty()) {
            var empty = products;
            products = emitted;
            emitted = empty;
        } else {
            products.addAll(emitted);
        }
    }

    /** The stream sends this to a sink once it is through. */
    protected final void send(Event sent, int sink) {
        sends.get(sink).add(sent);
    }
}
