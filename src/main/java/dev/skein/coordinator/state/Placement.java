package dev.skein.coordinator.state;

import dev.skein.pipeline.vpl.Diagnostic;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where one copy of one pipeline should run, and what came of it.
 *
 * @param pipeline its name in the spec
 * @param workerId empty when there is no worker for it
 * @param pipelineId its id on that worker, empty unless it runs
 * @param epoch grows with every order to deploy; 0 before the first
 * @param error why it failed; null unless it did
 * @param diagnostics errors of a refused program, or warnings
 * @param lastEpoch the highest that any copy was ever ordered under, so that none is given twice
 * @param move where a copy is made ready that shall take this one's place; null when it stays
 * @param successorOf id of the copy whose place it took in good order; empty when there was none, or it was lost
 */
public record Placement(
        PlacementId id,
        String pipeline,
        String workerId,
        String pipelineId,
        Status status,
        long epoch,
        @Nullable String error,
        List<Diagnostic> diagnostics,
        long lastEpoch,
        @Nullable Move move,
        String successorOf) {

    /** A copy that is made ready elsewhere. It is forgotten with the coordinator's life, and the source goes on. */
    public record Move(String workerId, long epoch) {}

    /** The API's words. */
    public enum Status {
        DEPLOYING("Deploying"),
        RUNNING("Running"),
        FAILED("Failed");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** Not yet given to any worker. */
    public static Placement wanted(PlacementId id, String pipeline, List<Diagnostic> diagnostics) {
        return new Placement(id, pipeline, "", "", Status.DEPLOYING, 0, null, List.copyOf(diagnostics), 0, null, "");
    }

    /** The same, with epochs that begin above this one. */
    public Placement above(long floor) {
        return new Placement(
                id, pipeline, workerId, pipelineId, status, epoch, error, diagnostics, floor, move, successorOf);
    }

    /** The same with what the checker said about its program. */
    public Placement warned(List<Diagnostic> warnings) {
        return new Placement(
                id,
                pipeline,
                workerId,
                pipelineId,
                status,
                epoch,
                error,
                List.copyOf(warnings),
                lastEpoch,
                move,
                successorOf);
    }

    /** Ordered from a worker, under the next epoch. */
    public Placement assigned(String worker) {
        long next = lastEpoch + 1;
        return new Placement(id, pipeline, worker, "", Status.DEPLOYING, next, null, diagnostics, next, null, "");
    }

    /** Its worker says that it runs under the present epoch. */
    public Placement running(String newPipelineId, List<Diagnostic> warnings) {
        return new Placement(
                id,
                pipeline,
                workerId,
                newPipelineId,
                Status.RUNNING,
                epoch,
                null,
                List.copyOf(warnings),
                lastEpoch,
                move,
                successorOf);
    }

    /** A copy that shall take its place is made ready on another worker, under the next epoch. */
    public Placement moving(String target) {
        long next = lastEpoch + 1;
        return new Placement(
                id,
                pipeline,
                workerId,
                pipelineId,
                status,
                epoch,
                error,
                diagnostics,
                next,
                new Move(target, next),
                successorOf);
    }

    /** It stays where it is. */
    public Placement staying() {
        return new Placement(
                id, pipeline, workerId, pipelineId, status, epoch, error, diagnostics, lastEpoch, null, successorOf);
    }

    /** The copy that was made ready has taken its place. */
    public Placement moved(String newPipelineId) {
        var to = Objects.requireNonNull(move, "it does not move");
        return new Placement(
                id,
                pipeline,
                to.workerId,
                newPipelineId,
                Status.RUNNING,
                to.epoch,
                null,
                diagnostics,
                lastEpoch,
                null,
                pipelineId);
    }

    /** Its program cannot run anywhere; it is not tried again. */
    public Placement refused(List<Diagnostic> errors) {
        var first = errors.stream().filter(Diagnostic::isError).findFirst();
        var reason = first.map(Diagnostic::toString).orElse("the program was refused");
        return failed(workerId, reason, List.copyOf(errors));
    }

    /** Its worker could not do it; it is tried again. */
    public Placement failed(String reason) {
        return failed(workerId, reason, diagnostics);
    }

    /** No worker can take it for now; it is tried again. */
    public Placement unplaced(String reason) {
        return failed("", reason, diagnostics);
    }

    private Placement failed(String worker, String reason, List<Diagnostic> found) {
        return new Placement(id, pipeline, worker, "", Status.FAILED, epoch, reason, found, lastEpoch, null, "");
    }

    /** Whether a copy that shall take its place is being made ready. */
    public boolean isMoving() {
        return move != null;
    }

    /** Whether the copy that shall take its place is this worker's. */
    public boolean isMovingTo(String worker) {
        return move != null && move.workerId.equals(worker);
    }

    public boolean isDeploying() {
        return status == Status.DEPLOYING;
    }

    public boolean isRunning() {
        return status == Status.RUNNING;
    }

    /** Whether it takes a place on this worker. */
    public boolean occupies(String worker) {
        return status != Status.FAILED && workerId.equals(worker);
    }

    /** Whether another worker or a later time may help. */
    public boolean retryable() {
        return status == Status.FAILED && diagnostics.stream().noneMatch(Diagnostic::isError);
    }

    /** Whether it waits for something: an answer, or another try. */
    public boolean isUnsettled() {
        return isDeploying() || retryable();
    }
}
