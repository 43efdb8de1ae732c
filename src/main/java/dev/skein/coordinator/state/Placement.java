package dev.skein.coordinator.state;

import dev.skein.pipeline.vpl.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one copy of one pipeline should run, and what came of it.
 *
 * @param pipeline its name in the spec
 * @param workerId empty when there is no worker for it
 * @param pipelineId its id on that worker, empty unless it runs
 * @param epoch grows by one with every order to deploy; 0 before the first
 * @param error why it failed; null unless it did
 * @param diagnostics errors of a refused program, or warnings
 */
public record Placement(
        PlacementId id,
        String pipeline,
        String workerId,
        String pipelineId,
        Status status,
        long epoch,
        @Nullable String error,
        List<Diagnostic> diagnostics) {

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
        return new Placement(id, pipeline, "", "", Status.DEPLOYING, 0, null, List.copyOf(diagnostics));
    }

    /** Ordered from a worker, under the next epoch. */
    public Placement assigned(String worker) {
        return new Placement(id, pipeline, worker, "", Status.DEPLOYING, epoch + 1, null, diagnostics);
    }

    /** Its worker says that it runs under the present epoch. */
    public Placement running(String newPipelineId, List<Diagnostic> warnings) {
        return new Placement(id, pipeline, workerId, newPipelineId, Status.RUNNING, epoch, null, List.copyOf(warnings));
    }

    /** Its program cannot run anywhere; it is not tried again. */
    public Placement refused(List<Diagnostic> errors) {
        var first = errors.stream().filter(Diagnostic::isError).findFirst();
        var reason = first.map(Diagnostic::toString).orElse("the program was refused");
        return new Placement(id, pipeline, workerId, "", Status.FAILED, epoch, reason, List.copyOf(errors));
    }

    /** Its worker could not do it; it is tried again. */
    public Placement failed(String reason) {
        return new Placement(id, pipeline, workerId, "", Status.FAILED, epoch, reason, diagnostics);
    }

    /** No worker can take it for now; it is tried again. */
    public Placement unplaced(String reason) {
        return new Placement(id, pipeline, "", "", Status.FAILED, epoch, reason, diagnostics);
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
}
