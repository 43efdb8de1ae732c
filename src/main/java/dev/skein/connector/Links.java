package dev.skein.connector;

import dev.skein.connector.in.Intake;
import dev.skein.connector.in.Reader;
import dev.skein.connector.mqtt.MqttChannel;
import dev.skein.connector.mqtt.MqttInlet;
import dev.skein.connector.net.Outgoing;
import dev.skein.connector.out.Channel;
import dev.skein.connector.out.Courier;
import dev.skein.connector.webhook.WebhookChannel;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Connectors.Definition;
import dev.skein.pipeline.Workers.ConnectorHealth;
import dev.skein.pipeline.vpl.sink.Sink;
import dev.skein.pipeline.vpl.sink.SinkTarget;
import dev.skein.pipeline.vpl.sink.Sinks;
import dev.skein.pipeline.vpl.sink.SourceTarget;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The links of one copy of one placement, opened while it starts and closed with it. Thread-safe. */
public final class Links implements Sinks {
    /** What the links of a node have in common. */
    record Shared(Around around, Outgoing outgoing, Sinks local, InstantSource wall) {}

    private final Owner owner;
    private final Map<String, Definition> cluster = new HashMap<>();
    private final Shared shared;
    private final Fence fence;
    private final Connections.Touch touch;
    private final Consumer<Links> onEnd;
    private final Promise<Void> ended = Promise.promise();
    private final List<Courier> couriers = new CopyOnWriteArrayList<>();
    private final List<Prepared> prepared = new CopyOnWriteArrayList<>();
    private final List<Reader> readers = new CopyOnWriteArrayList<>();
    private volatile boolean resting;

    private record Prepared(Label label, String eventType, MqttInlet inlet) {}

    Links(
            Owner owner,
            List<Definition> cluster,
            Shared shared,
            Fence fence,
            Connections.Touch touch,
            Consumer<Links> onEnd) {
        this.owner = owner;
        cluster.forEach(definition -> this.cluster.put(definition.name(), definition));
        this.shared = shared;
        this.fence = fence;
        this.touch = touch;
        this.onEnd = onEnd;
    }

    @Override
    public Sink open(SinkTarget target) {
        var type = type(target.connector(), target.type());
        var parameters =
                target.type() == null ? completed(target.connector(), target.parameters()) : target.parameters();
        var values = new Values(target.connector(), parameters);
        var label = new Label(owner, target.connector(), type);
        if (!type.equals("mqtt") && !type.equals("http")) {
            return shared.local.open(new SinkTarget(target.connector(), type, parameters));
        }
        Channel channel = type.equals("mqtt")
                ? new MqttChannel(values, label, shared.outgoing, shared.around)
                : new WebhookChannel(
                        values,
                        label,
                        shared.around.vertx(),
                        shared.outgoing,
                        shared.around.config().timeout());
        var courier = new Courier(label, channel, fence, shared.around);
        couriers.add(courier);
        return courier;
    }

    /** Checks what is to be read; fails with a {@link Problem} when it cannot work. */
    public void prepare(List<SourceTarget> targets) {
        for (var target : targets) {
            var type = type(target.connector(), target.type());
            if (!type.equals("mqtt")) {
                throw Problem.invalid("connector " + target.connector() + " of type " + type + " cannot be read from");
            }
            var parameters =
                    target.type() == null ? completed(target.connector(), target.parameters()) : target.parameters();
            var label = new Label(owner, target.connector(), type);
            var values = new Values(target.connector(), parameters);
            var inlet = new MqttInlet(values, label, shared.outgoing, shared.around);
            prepared.add(new Prepared(label, target.eventType(), inlet));
        }
    }

    /** Begins to read what was prepared; to be called once. */
    public void read(Intake intake) {
        for (var each : prepared) {
            var ends = new Reader.Ends(each.inlet, intake);
            readers.add(new Reader(each.label, each.eventType, ends, this::mayRead, shared.around, shared.wall));
        }
    }

    private Fence.State mayRead() {
        var state = fence.state();
        return state == Fence.State.OPEN && (resting || !touch.mayRead()) ? Fence.State.PAUSED : state;
    }

    private String type(String connector, @Nullable String declared) {
        var definition = cluster.get(connector);
        if (declared == null && definition == null) {
            throw Problem.invalid("there is no connector " + connector);
        }
        return declared == null && definition != null ? definition.connectorType() : String.valueOf(declared);
    }

    /** The registry's parameters, overridden by those in the program. */
    private Map<String, @Nullable Object> completed(String connector, Map<String, @Nullable Object> given) {
        var all = new LinkedHashMap<String, @Nullable Object>();
        var definition = cluster.get(connector);
        if (definition != null) {
            all.putAll(definition.params());
        }
        all.putAll(given);
        return all;
    }

    /** One per link. */
    public List<ConnectorHealth> health() {
        return Stream.concat(
                        readers.stream().map(Reader::health), couriers.stream().map(Courier::health))
                .toList();
    }

    /** Completes when all that was to be sent is delivered, or refused for good. */
    public Future<Void> delivered() {
        return Future.join(couriers.stream().map(Courier::delivered).toList()).mapEmpty();
    }

    /** Whether it reads nothing for now; what has not been acknowledged stays with the source. */
    public void rest(boolean rests) {
        resting = rests;
    }

    /** Stops reading, at once. */
    public void stopReading() {
        readers.forEach(Reader::close);
    }

    /** Stops reading and sending; completes when nothing is open any more. */
    public Future<Void> close() {
        stopReading();
        couriers.forEach(Courier::close);
        Future.join(couriers.stream().map(Courier::ended).toList()).onComplete(gone -> {
            ended.tryComplete();
            onEnd.accept(this);
        });
        return ended();
    }

    /** Completes once it is closed and nothing is open any more. */
    Future<Void> ended() {
        return ended.future();
    }
}
