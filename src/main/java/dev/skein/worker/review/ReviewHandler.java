package dev.skein.worker.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skein.bus.Bus;
import dev.skein.cluster.Membership;
import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobHandler;
import dev.skein.job.run.JobResult;
import dev.skein.job.run.JobSurroundings;
import dev.skein.job.run.PayloadFault;
import dev.skein.kernel.Problem;
import dev.skein.review.Engine;
import dev.skein.review.Engine.Look;
import dev.skein.review.Persona;
import dev.skein.review.engine.Engines;
import dev.skein.review.persona.Personas;
import dev.skein.review.run.Delivery;
import dev.skein.review.run.ReviewParts.Seal;
import dev.skein.review.run.ReviewParts.TaskOrder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Does jobs of type {@code review}: each looks at one unit of a run. Thread-safe. */
public final class ReviewHandler implements JobHandler {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Bus bus;
    private final Engines engines;
    private final Personas personas;
    private final Membership membership;
    private final Sources sources;
    private final Delivery delivery;
    private @Nullable Vertx vertx;
    private InstantSource clock = InstantSource.system();

    /**
     * A handler of this node.
     *
     * @param engines outlive it
     * @param personaDir personas beside the shipped ones; null: none
     */
    public ReviewHandler(Bus bus, Membership membership, Engines engines, @Nullable Path personaDir) {
        this.bus = bus;
        this.engines = engines;
        this.personas = new Personas(personaDir, Map.of());
        this.membership = membership;
        this.sources = new Sources(bus, membership);
        this.delivery = new Delivery(bus);
    }

    @Override
    public String type() {
        return "review";
    }

    @Override
    public void open(JobSurroundings around) {
        vertx = around.vertx();
        clock = around.clock();
    }

    @Override
    public Future<JobResult> run(JobCall call) {
        TaskOrder order;
        try {
            order = JSON.readValue(call.payload(), TaskOrder.class);
        } catch (JsonProcessingException wrong) {
            return Future.failedFuture(PayloadFault.of(type(), wrong));
        }
        if (order.unit() == null || order.run() == null || order.root() == null) {
            return Future.failedFuture(Problem.invalid("the payload of review must name run, root and unit"));
        }
        var found = sources.of(order);
        var done = found.succeeded() // and this is the job's own thread
                ? found.compose(files -> looked(call, order, files))
                : found.compose(files ->
                                Objects.requireNonNull(vertx).executeBlocking(() -> looked(call, order, files), false))
                        .compose(looked -> looked);
        return done.recover(this::failed);
    }

    /** On a thread that may block. */
    private Future<JobResult> looked(JobCall call, TaskOrder order, Sources.Found found) {
        long began = clock.millis();
        var engine = engines.named(order.engine());
        var persona = personas.named(order.persona());
        var task = new TaskReview(order, call, found);
        var in = Objects.requireNonNull(vertx);
        return look(engine, task, persona, found)
                .compose(look -> in.executeBlocking(() -> task.reviewed(engine, look, persona), false))
                .compose(reviewed -> {
                    var seal = reviewed.seal(bus.here().node(), clock.millis() - began);
                    return delivery.deliver(reviewed.parts(), seal).map(taken -> result(reviewed, seal, taken));
                });
    }

    private Future<Look> look(Engine engine, TaskReview task, Persona persona, Sources.Found found) {
        if (!engine.readsNotes()) {
            return engine.review(task.call(persona, Map.of()));
        }
        return new CodeNotes(bus, membership, clock)
                .of(task.order(), found.files())
                .compose(notes -> Objects.requireNonNull(vertx)
                        .executeBlocking(() -> engine.review(task.call(persona, notes)), false))
                .compose(look -> look);
    }

    private static JobResult result(TaskReview.Told told, Seal seal, boolean isTaken) {
        if (!isTaken) {
            return JobResult.failed("review_superseded", "another attempt at this task counts", false);
        }
        if (!seal.isWhole()) {
            return JobResult.failed("review_incomplete", told.missing(), true);
        }
        var findings = seal.findings().values().stream().mapToLong(each -> each).sum();
        return JobResult.succeeded("{\"lines\":%d,\"reviewed\":%d,\"findings\":%d}"
                .formatted(told.reviewed().lines(), seal.reviewed(), findings));
    }

    /** What can never work is not tried again. */
    private Future<JobResult> failed(Throwable cause) {
        var problem = Problem.in(cause);
        if (problem == null) {
            return Future.failedFuture(cause);
        }
        boolean mayPass = switch (problem.kind()) {
            case INVALID, IMPOSSIBLE, TOO_LARGE -> false;
            default -> true;
        };
        return Future.succeededFuture(JobResult.failed(problem.code(), problem.sentence(), mayPass));
    }
}
