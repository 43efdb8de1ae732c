package dev.skein.pipeline.packing;

import dev.skein.bus.Packing;
import dev.skein.bus.wire.WireReader;
import dev.skein.bus.wire.WireWriter;
import dev.skein.pipeline.Workers.ConnectorHealth;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Pressure;
import dev.skein.pipeline.Workers.Running;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A heartbeat as bytes, since a coordinator hears thousands of them a second. Counters come after the pipelines they
 * are about and name them by their place in that list.
 */
public final class HeartbeatPacking implements Packing<Heartbeat> {
    private static final int VERSION = 1;
    private static final List<Pressure> PRESSURES = List.of(Pressure.values());

    @Override
    public Class<Heartbeat> type() {
        return Heartbeat.class;
    }

    @Override
    public void pack(Heartbeat beat, Buffer to) {
        var writer = new WireWriter(to);
        writer.number(VERSION)
                .text(beat.workerId())
                .optional(beat.instanceId())
                .number(beat.eventsProcessed())
                .number(beat.pipelinesRunning())
                .number(Double.doubleToLongBits(beat.cpu()))
                .optional(beat.presentedKey())
                .number(beat.trusted() ? 1 : 0);
        var memory = beat.memory();
        writer.number(memory == null ? 0 : 1);
        if (memory != null) {
            writer.number(memory.used()).number(memory.reserved()).number(memory.capacity());
        }
        list(writer, beat.pipelines(), running -> write(writer, running));
        list(writer, beat.pipelineMetrics(), metrics -> write(writer, metrics, beat.pipelines()));
    }

    /** No list is told from an empty one. */
    private static <T> void list(WireWriter writer, @Nullable List<T> items, Consumer<T> item) {
        writer.number(items == null ? 0 : 1);
        if (items != null) {
            writer.number(items.size());
            items.forEach(item);
        }
    }

    private static void write(WireWriter writer, Running running) {
        writer.text(running.pipelineId())
                .optional(running.groupId())
                .text(running.pipelineName())
                .number(running.epoch())
                .number(running.heldFor());
    }

    private static void write(WireWriter writer, PipelineMetrics metrics, @Nullable List<Running> pipelines) {
        int place = placeOf(metrics, pipelines);
        writer.number(place + 1);
        if (place < 0) {
            writer.text(metrics.pipelineName()).optional(metrics.groupId());
        }
        var pressure = metrics.pressure();
        writer.number(metrics.eventsIn())
                .number(metrics.eventsOut())
                .number(metrics.errors())
                .number(pressure == null ? 0 : pressure.ordinal() + 1);
        list(writer, metrics.connectorHealth(), health -> write(writer, health));
    }

    private static int placeOf(PipelineMetrics metrics, @Nullable List<Running> pipelines) {
        for (int i = 0; pipelines != null && i < pipelines.size(); i++) {
            var running = pipelines.get(i);
            if (running.pipelineName().equals(metrics.pipelineName())
                    && Objects.equals(running.groupId(), metrics.groupId())) {
                return i;
            }
        }
        return -1;
    }

    private static void write(WireWriter writer, ConnectorHealth health) {
        var last = health.secondsSinceLastMessage();
        var sending = health.sending();
        writer.text(health.connectorName())
                .text(health.connectorType())
                .number(health.connected() ? 1 : 0)
                .optional(health.lastError())
                .number(health.messagesReceived())
                .number(health.deadLetters())
                .number(last == null ? 0 : 1)
                .number(last == null ? 0 : last)
                .number(sending == null ? 0 : 1);
        if (sending != null) {
            writer.number(sending.messagesSent()).number(sending.waiting()).text(sending.circuit());
        }
    }

    @Override
    public Heartbeat unpack(Buffer from, int start, int end) {
        var reader = WireReader.copying(from, start, end);
        reader.version(VERSION);
        var worker = reader.text();
        var instance = reader.optional();
        long processed = reader.number();
        int running = (int) reader.number();
        double cpu = Double.longBitsToDouble(reader.number());
        var key = reader.optional();
        boolean trusted = reader.number() != 0;
        var memory = reader.number() == 0 ? null : new Memory(reader.number(), reader.number(), reader.number());
        var pipelines = list(reader, () -> running(reader));
        var metrics = list(reader, () -> metrics(reader, pipelines));
        return new Heartbeat(worker, instance, processed, running, metrics, pipelines, memory, cpu, key, trusted);
    }

    private static <T> @Nullable List<T> list(WireReader reader, Supplier<T> item) {
        return reader.number() == 0 ? null : reader.list(item);
    }

    private static Running running(WireReader reader) {
        return new Running(reader.text(), reader.optional(), reader.text(), reader.number(), reader.number());
    }

    private static PipelineMetrics metrics(WireReader reader, @Nullable List<Running> pipelines) {
        int place = (int) reader.number() - 1;
        if (place >= (pipelines == null ? 0 : pipelines.size())) {
            throw reader.damaged();
        }
        var known = pipelines == null || place < 0 ? null : pipelines.get(place);
        var name = known == null ? reader.text() : known.pipelineName();
        var group = known == null ? reader.optional() : known.groupId();
        return new PipelineMetrics(
                name,
                group,
                reader.number(),
                reader.number(),
                reader.number(),
                pressure(reader),
                list(reader, () -> health(reader)));
    }

    private static @Nullable Pressure pressure(WireReader reader) {
        long word = reader.number();
        if (word < 0 || word > PRESSURES.size()) {
            throw reader.damaged();
        }
        return word == 0 ? null : PRESSURES.get((int) word - 1);
    }

    private static ConnectorHealth health(WireReader reader) {
        var name = reader.text();
        var type = reader.text();
        boolean connected = reader.number() != 0;
        var error = reader.optional();
        long received = reader.number();
        long dead = reader.number();
        boolean isTold = reader.number() != 0;
        long last = reader.number();
        var sending = reader.number() == 0
                ? null
                : new ConnectorHealth.Sending(reader.number(), reader.number(), reader.text());
        return new ConnectorHealth(name, type, connected, error, received, isTold ? last : null, dead, sending);
    }
}
