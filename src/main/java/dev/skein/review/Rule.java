package dev.skein.review;

import java.util.List;

/**
 * What a finding is an instance of.
 *
 * @param id unique within its engine
 * @param summary one sentence
 * @param help as long as it needs, plain text; may be empty
 * @param link where more is said; may be empty
 * @param severity of its findings unless they say otherwise
 */
public record Rule(String id, String summary, String help, String link, Severity severity, List<String> tags) {
    public Rule {
        tags = List.copyOf(tags);
    }
}
