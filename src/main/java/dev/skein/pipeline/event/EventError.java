package dev.skein.pipeline.event;

import org.jspecify.annotations.Nullable;

/**
 * Why a stream gave up on one event; other streams went on.
 *
 * @param code symbolic, such as {@code overflow} or {@code step_budget_exceeded}
 * @param message one sentence for people
 * @param stream the stream that stopped, null when the pipeline itself did
 * @param line line in the program's text, 0 when none is to blame
 */
public record EventError(
        String code, String message, @Nullable String stream, int line) {}
