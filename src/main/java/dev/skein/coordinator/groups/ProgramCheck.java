package dev.skein.coordinator.groups;

import dev.skein.pipeline.vpl.Diagnostic;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks programs away from the event loop. */
public interface ProgramCheck {
    /** Every program with what is wrong with it; an empty list when nothing is. */
    Future<Map<String, List<Diagnostic>>> check(Set<String> sources);
}
