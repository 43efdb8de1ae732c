package dev.skein.review.ledger;

import dev.skein.review.scope.SourceReader;
import dev.skein.review.scope.Unit;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * A task that has no line yet.
 *
 * @param id of its unit
 * @param hash of its files; empty when it is not known
 * @param include patterns that it was made with
 */
public record NewTask(
        String id,
        String directory,
        int part,
        int parts,
        int priority,
        int files,
        long lines,
        String hash,
        List<String> include,
        List<String> exclude) {
    private static final int DIGITS = 8;

    public NewTask {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
    }

    static NewTask of(Unit unit, List<String> include, List<String> exclude) {
        return new NewTask(
                unit.id(),
                unit.directory(),
                unit.part(),
                unit.parts(),
                unit.priority(),
                unit.files().size(),
                unit.lines(),
                unit.hash(),
                include,
                exclude);
    }

    /** @param isTaken tells ids that somebody else's records have */
    public Issue issue(Predicate<String> isTaken, Instant now) {
        var free = id;
        for (int salt = 0; isTaken.test(free); salt++) {
            free = id(salt);
        }
        var name = parts > 1 ? "%s (%d of %d)".formatted(directory, part, parts) : directory;
        var edit = Issue.create(free, cut(Task.TITLE + name, IssueRules.TITLE_MAX), now)
                .set(
                        "description",
                        "AI code review of all files in " + name + " directory (relative to source root: .)")
                .priority(priority)
                .metadata("path", directory)
                .metadata("part", part)
                .metadata("parts", parts)
                .metadata("files", files)
                .metadata("lines", lines);
        if (!hash.isEmpty()) {
            edit.metadata("hash", hash);
        }
        texts(edit, "include", include);
        texts(edit, "exclude", exclude);
        return edit.unstamped();
    }

    private static void texts(Issue.Edit edit, String key, List<String> texts) {
        if (!texts.isEmpty()) {
            var array = Json.object().arrayNode();
            texts.forEach(array::add);
            edit.metadata(key, array);
        }
    }

    private String id(int salt) {
        var key = id + "\0" + salt;
        var digits = SourceReader.hash(key.getBytes(StandardCharsets.UTF_8));
        return "rv-" + digits.substring(0, DIGITS);
    }

    /** The beginning of a text that has at most so many bytes. */
    private static String cut(String text, int bytesMax) {
        int end = text.length();
        while (IssueRules.bytes(text.substring(0, end)) > bytesMax) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }
}
