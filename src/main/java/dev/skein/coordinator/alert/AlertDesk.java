package dev.skein.coordinator.alert;

import dev.skein.bus.Bus;
import dev.skein.coordinator.alert.Conditions.Condition;
import dev.skein.coordinator.alert.Conditions.Measured;
import dev.skein.coordinator.alert.notice.Notice;
import dev.skein.coordinator.alert.notice.Notifier;
import dev.skein.coordinator.fleet.Fleet;
import dev.skein.coordinator.ledger.Audit;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.scaling.ScalingAdvice;
import dev.skein.coordinator.scaling.ScalingConfig;
import dev.skein.coordinator.signal.Load;
import dev.skein.coordinator.signal.SignalConfig;
import dev.skein.coordinator.signal.Signals;
import dev.skein.coordinator.state.Worker;
import dev.skein.coordinator.view.Counters;
import dev.skein.kernel.Page;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Alerts;
import dev.skein.pipeline.Alerts.Acknowledge;
import dev.skein.pipeline.Alerts.Acknowledged;
import dev.skein.pipeline.Alerts.Alert;
import dev.skein.pipeline.Alerts.ListAll;
import dev.skein.pipeline.Alerts.Listed;
import dev.skein.pipeline.Alerts.Report;
import dev.skein.pipeline.Alerts.Reported;
import dev.skein.pipeline.Alerts.Scaling;
import dev.skein.pipeline.Observation;
import dev.skein.store.Store;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at the present, keeps the alerts and answers for them. Confined to the coordinator's event loop. */
public final class AlertDesk {
    private final Ledger ledger;
    private final Fleet fleet;
    private final Counters counters;
    private final Supplier<Store.Health> store;
    private final InstantSource clock;
    private final Alarms alarms = new Alarms();
    private final List<Telling> listeners = new ArrayList<>();
    private Supplier<Measured> measured = () -> Measured.NOTHING;
    private @Nullable Store keeper;
    private Future<?> saving = Future.succeededFuture();
    private ScalingConfig policy = ScalingConfig.DEFAULTS;
    private Signals signals = new Signals(SignalConfig.DEFAULTS);
    private Supplier<Load> load = () -> Load.NONE;

    private record Telling(String cluster, Notifier notifier) {}

    /** Nobody is told of anything yet. */
    public AlertDesk(Ledger ledger, Fleet fleet, Counters counters, Supplier<Store.Health> store, InstantSource clock) {
        this.ledger = ledger;
        this.fleet = fleet;
        this.counters = counters;
        this.store = store;
        this.clock = clock;
    }

    /** From now on what probes measure counts too. */
    public void measureBy(Supplier<Measured> probes) {
        measured = probes;
    }

    public void scaleBy(ScalingConfig config) {
        policy = config;
    }

    /** From now on how much there is to do counts too. */
    public void signalBy(SignalConfig config, Supplier<Load> present) {
        signals = new Signals(config);
        load = present;
    }

    /** Goes on from what a former leader has left in the store, and leaves there what becomes of it. */
    Future<?> keepIn(Store kept) {
        return kept.read(AlarmRows::load).onSuccess(found -> {
            alarms.inherit(found, clock.instant());
            keeper = kept;
        });
    }

    public void tell(String cluster, Notifier notifier) {
        listeners.add(new Telling(cluster, notifier));
    }

    public Future<?> mount(Bus bus) {
        return Future.all(
                bus.serve(Alerts.LIST, this::list).completion(),
                bus.serve(Alerts.GET, ask -> answer(() -> alarms.find(ask.id(), clock.instant())))
                        .completion(),
                bus.serve(Alerts.ACKNOWLEDGE, this::acknowledge).completion(),
                bus.serve(Alerts.REPORT, this::report).completion(),
                bus.serve(Alerts.SCALING, ask -> Future.succeededFuture(scaling()))
                        .completion());
    }

    /** Compares the present with what is known; to be called each second. */
    public void look() {
        var state = ledger.committed();
        var conditions = new ArrayList<Condition>(Conditions.of(state, fleet, counters.pressed(), store.get()));
        conditions.addAll(Conditions.of(measured.get()));
        signals.see(load.get(), clock.instant());
        conditions.addAll(Conditions.of(signals));
        for (var change : alarms.see(conditions, clock.instant())) {
            listeners.forEach(each -> each.notifier.tell(new Notice(each.cluster, change.alert(), change.isNew())));
        }
        if (saving.isComplete()) {
            save();
        }
    }

    /** One write at a time; what the store does not take is tried again at the next look. */
    private Future<?> save() {
        saving = saving.otherwiseEmpty().compose(before -> {
            var unsaved = alarms.takeUnsaved();
            var kept = keeper;
            if (kept == null || unsaved.isEmpty()) {
                return Future.succeededFuture();
            }
            return kept.write(tx -> {
                        AlarmRows.write(tx, unsaved);
                        return true;
                    })
                    .onFailure(cause -> alarms.giveBack(unsaved));
        });
        return saving;
    }

    /** What holds now, by id, for the first screen. */
    public Map<String, Observation.Alert> open() {
        look();
        var open = new TreeMap<String, Observation.Alert>();
        for (var alert : alarms.holding(clock.instant())) {
            open.put(alert.id(), new Observation.Alert(alert.id(), alert.severity(), alert.text(), alert.since()));
        }
        return open;
    }

    private Future<Listed> list(ListAll ask) {
        look();
        var all = alarms.all(clock.instant()).stream()
                .filter(alert -> ask.state().isEmpty() || alert.state().equals(ask.state()))
                .toList();
        return Future.succeededFuture(new Listed(new Page(ask.limit(), ask.offset()).of(all), all.size()));
    }

    private Future<Alert> acknowledge(Acknowledge ask) {
        var now = clock.instant();
        var by = new Acknowledged(ask.caller().subject(), now.plusSeconds(ask.forSecs()), ask.reason());
        return answer(() -> alarms.acknowledge(ask.id(), by, now))
                .compose(known -> save().map(known))
                .compose(known -> note(new Audit(ask.caller(), "alert.acknowledge", ask.id(), "ok"), known));
    }

    private Future<Reported> report(Report seen) {
        alarms.add(Conditions.leaderless(seen.text()), seen.since(), seen.until());
        return save().map(new Reported(true));
    }

    private Future<Alert> note(Audit audit, Alert known) {
        return ledger.step(state -> Stepped.to(state, known).noting(audit));
    }

    private static <T> Future<T> answer(Supplier<T> step) {
        try {
            return Future.succeededFuture(step.get());
        } catch (Problem refused) {
            return Future.failedFuture(refused);
        }
    }

    Scaling scaling() {
        var state = ledger.committed();
        int workers = (int) state.listed()
                .filter(worker -> fleet.status(state, worker).isHealthy())
                .count();
        int placements = state.groups().values().stream()
                .mapToInt(group -> group.placements().size())
                .sum();
        return new ScalingAdvice(policy, placements, workers, signals.signals(), clock.instant()).advice();
    }

    /** Every worker that is on the bus, by the life it has there. */
    SortedMap<String, String> nodes() {
        var nodes = new TreeMap<String, String>();
        Function<Worker, String> life = worker -> worker.node() == null ? "" : worker.node();
        var state = ledger.committed();
        state.listed()
                .filter(worker -> !life.apply(worker).isEmpty() && !fleet.isGone(state, worker.id()))
                .forEach(worker -> nodes.put(worker.id(), life.apply(worker)));
        return nodes;
    }
}
