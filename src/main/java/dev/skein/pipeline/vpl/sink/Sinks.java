package dev.skein.pipeline.vpl.sink;

/** Opens what {@code .to(…)} names. Called once per distinct target when a pipeline starts; must not block. */
@FunctionalInterface
public interface Sinks {
    /**
     * Fails with a {@link dev.skein.kernel.Problem} when there is no such connector; the pipeline then does not
     * start.
     */
    Sink open(SinkTarget target);
}
