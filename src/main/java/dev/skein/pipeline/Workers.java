package dev.skein.pipeline;

import dev.skein.bus.Endpoint;
import dev.skein.pipeline.packing.HeartbeatPacking;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the coordinator offers about workers. All served by the leading coordinator, wherever it is. */
public final class Workers {
    /** Who asks for a change, for the audit. */
    public record Caller(String subject, String role, String requestId) {}

    /** Room for pipelines. */
    public record Capacity(int cpuCores, int pipelinesRunning, int maxPipelines) {}

    /**
     * A pipeline as its host knows it.
     *
     * @param heldFor the epoch of the copy it waits for to take its place, taking nothing meanwhile; 0 when it does not
     */
    public record Running(String pipelineId, @Nullable String groupId, String pipelineName, long epoch, long heldFor) {
        /** One that takes what comes. */
        public Running(String pipelineId, @Nullable String groupId, String pipelineName, long epoch) {
            this(pipelineId, groupId, pipelineName, epoch, 0);
        }
    }

    /** Memory in bytes: resident set, sum of granted budgets, and limit minus headroom. */
    public record Memory(long used, long reserved, long capacity) {
        public static final Memory UNKNOWN = new Memory(0, 0, 0);
    }

    /** How much of the last seconds work had to wait for its turn: HIGH above 50 %, LOW above 10 %. */
    public enum Pressure {
        OK,
        LOW,
        HIGH
    }

    /**
     * One link of a pipeline to the world outside.
     *
     * @param lastError why it is not connected, or what went wrong last
     * @param sending null for a link that reads
     */
    public record ConnectorHealth(
            String connectorName,
            String connectorType,
            boolean connected,
            @Nullable String lastError,
            long messagesReceived,
            @Nullable Long secondsSinceLastMessage,
            long deadLetters,
            @Nullable Sending sending) {
        /** @param circuit {@code closed}, {@code open} or {@code half_open} */
        public record Sending(long messagesSent, long waiting, String circuit) {}
    }

    /** Counters of one placement since it was deployed. */
    public record PipelineMetrics(
            String pipelineName,
            @Nullable String groupId,
            long eventsIn,
            long eventsOut,
            long errors,
            @Nullable Pressure pressure,
            @Nullable List<ConnectorHealth> connectorHealth) {}

    /**
     * A worker makes itself known.
     *
     * @param address where its HTTP endpoints are, absolute
     * @param apiKey what the coordinator must send as {@code x-api-key} there, or empty
     * @param instanceId one per process start; absent from workers that do not say
     * @param pipelines what it runs; absent means: ask it
     * @param node its {@link dev.skein.bus.NodeAddress} as text when it is on the bus; absent when it is known by REST
     *     only
     * @param roles of its node, when it is on the bus
     * @param labels {@code name=value} or a word, as it was started with
     * @param mayTakeOver whether the caller's own rights allow it to move an id held by a live worker
     */
    public record Register(
            String workerId,
            String address,
            String apiKey,
            @Nullable String instanceId,
            Capacity capacity,
            @Nullable List<Running> pipelines,
            @Nullable String node,
            @Nullable List<String> roles,
            @Nullable List<String> labels,
            boolean mayTakeOver) {
        /** Without labels. */
        public Register(
                String workerId,
                String address,
                String apiKey,
                @Nullable String instanceId,
                Capacity capacity,
                @Nullable List<Running> pipelines,
                @Nullable String node,
                @Nullable List<String> roles,
                boolean mayTakeOver) {
            this(workerId, address, apiKey, instanceId, capacity, pipelines, node, roles, null, mayTakeOver);
        }

        @Override
        public String toString() {
            return "Register[" + workerId + " at " + address + "]"; // never the key
        }
    }

    public record Registered(String workerId, String status, int heartbeatIntervalSecs) {}

    /**
     * A worker is alive.
     *
     * @param instanceId as registered, or absent
     * @param presentedKey the key that came with it, when {@code trusted} is not yet settled
     * @param trusted whether it needs no further proof: from loopback, or under a join or operator key, or over the bus
     * @param cpu share of all cores in use, 0 to 1
     */
    public record Heartbeat(
            String workerId,
            @Nullable String instanceId,
            long eventsProcessed,
            int pipelinesRunning,
            @Nullable List<PipelineMetrics> pipelineMetrics,
            @Nullable List<Running> pipelines,
            @Nullable Memory memory,
            double cpu,
            @Nullable String presentedKey,
            boolean trusted) {
        @Override
        public String toString() {
            return "Heartbeat[" + workerId + "]"; // never the key
        }
    }

    /** The coordinator heard it; {@code stopPipelines} must not run there any more. */
    public record HeartbeatAck(boolean acknowledged, List<String> stopPipelines) {}

    public record Delete(String workerId, Caller caller) {}

    public record Deleted(boolean deleted) {}

    /**
     * A worker that is about to stop wants its placements elsewhere.
     *
     * @param instanceId as registered, or absent
     * @param presentedKey the key that came with it, when {@code trusted} is not yet settled
     * @param trusted whether it needs no further proof: under an operator's key, or over the bus
     */
    public record Leave(
            String workerId,
            @Nullable String instanceId,
            @Nullable String presentedKey,
            boolean trusted) {
        /** Over the bus. */
        public Leave(String workerId, @Nullable String instanceId) {
            this(workerId, instanceId, null, true);
        }

        @Override
        public String toString() {
            return "Leave[" + workerId + "]"; // never the key
        }
    }

    /**
     * The worker is deregistered and may stop now.
     *
     * @param handedOver how many of its placements run elsewhere
     * @param remaining names of those that do not, as there was no room or no time
     */
    public record Left(int handedOver, List<String> remaining) {
        public Left {
            remaining = List.copyOf(remaining);
        }
    }

    public record Get(String workerId) {}

    public record ListAll(int limit, int offset) {}

    /**
     * A worker as the API shows it; {@code status} is one of the contract's words in lower case.
     *
     * @param cordoned whether it keeps what it has and gets nothing new
     */
    public record View(
            String id,
            String address,
            String status,
            int pipelinesRunning,
            int maxPipelines,
            List<String> assignedPipelines,
            int cpuCores,
            long eventsProcessed,
            List<String> labels,
            boolean cordoned) {}

    /** One page by id, and how many there are in all. */
    public record Listed(List<View> workers, int total) {}

    /** Fails with 409 {@code worker_id_taken}. */
    public static final Endpoint<Register, Registered> REGISTER =
            new Endpoint<>("worker.register.v1", Register.class, Registered.class);

    /**
     * Fails with 404 {@code worker_not_found} or {@code worker_deregistered}, 409 {@code worker_id_taken} while another
     * process goes by this id, 401 when not trusted.
     */
    public static final Endpoint<Heartbeat, HeartbeatAck> HEARTBEAT =
            new Endpoint<>("worker.heartbeat.v1", Heartbeat.class, HeartbeatAck.class, List.of(new HeartbeatPacking()));

    /** Fails with 404 {@code worker_not_found}. */
    public static final Endpoint<Delete, Deleted> DELETE =
            new Endpoint<>("worker.delete.v1", Delete.class, Deleted.class);

    /**
     * Answers within 25 s, so ask with a deadline of 30 s. Meanwhile the worker is told to stop the copies that were
     * given away, and takes nothing new. Fails with 401 and 404 {@code worker_not_found}.
     */
    public static final Endpoint<Leave, Left> LEAVE = new Endpoint<>("worker.leave.v1", Leave.class, Left.class);

    /** Fails with 404 {@code worker_not_found}. */
    public static final Endpoint<Get, View> GET = new Endpoint<>("worker.get.v1", Get.class, View.class);

    public static final Endpoint<ListAll, Listed> LIST = new Endpoint<>("worker.list.v1", ListAll.class, Listed.class);

    /** Served by every coordinator that shares its store, leading or not, as the store has it. */
    public static final Endpoint<Get, View> GET_STORED = new Endpoint<>("worker.get-stored.v1", Get.class, View.class);

    /** Likewise. */
    public static final Endpoint<ListAll, Listed> LIST_STORED =
            new Endpoint<>("worker.list-stored.v1", ListAll.class, Listed.class);

    private Workers() {}
}
