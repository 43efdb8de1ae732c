package dev.skein.review;

import org.jspecify.annotations.Nullable;

/**
 * What an engine says it found, not yet believed.
 *
 * @param region where, as the engine sees it; a model's numbers only break ties between places with this quote
 * @param quote verbatim code
 * @param rule symbol in kebab case or the engine's own name of the rule
 * @param confidence 0 to 1
 * @param message what is wrong and why it matters, one paragraph of plain text
 * @param suggestion what would be right, for people; null without one
 * @param replacement what may stand in the place of the quote to put it right; null without one
 */
public record Proposal(
        String path,
        Region region,
        String quote,
        String rule,
        Severity severity,
        double confidence,
        String message,
        @Nullable String suggestion,
        @Nullable String replacement) {}
