package dev.skein.review.ledger.claim;

import dev.skein.review.ledger.Issue;
import java.util.List;
import java.util.Map;

/**
 * What one commit says.
 *
 * @param issues as they are to be
 * @param files contents by path, beside the ledger
 * @param subject of the commit
 */
public record Change(List<Issue> issues, Map<String, byte[]> files, String subject) {
    public Change {
        issues = List.copyOf(issues);
        files = Map.copyOf(files);
    }
}
