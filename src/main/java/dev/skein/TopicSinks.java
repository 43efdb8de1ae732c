package dev.skein;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.vpl.sink.Sink;
import dev.skein.pipeline.vpl.sink.SinkTarget;
import dev.skein.pipeline.vpl.sink.Sinks;

/**
 * Topics of the cluster. Nothing can subscribe to one yet, and what is sent to nobody is done at once; the events stay
 * visible among the group's recent outputs.
 */
final class TopicSinks implements Sinks {
    @Override
    public Sink open(SinkTarget target) {
        if ("cluster".equals(target.type())) {
            return event -> {};
        }
        throw Problem.invalid("connector type " + target.type() + " is not offered; use cluster, console or log");
    }
}
