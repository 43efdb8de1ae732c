package dev.skein.review.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.review.ledger.TaskState.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An issue that is a task of a review, and what may become of it. Each step gives the issue as it is after it.
 *
 * @param directory relative to the root, {@code .} for the root itself
 * @param part from 1
 * @param lines that it had when it was made
 * @param hash of its files when it was made, or when it was done
 * @param attempts that have ended
 * @param token of the last claim that wrote into it; 0 before the first
 */
public record Task(
        Issue issue,
        TaskState state,
        String directory,
        int part,
        int parts,
        long lines,
        String hash,
        int attempts,
        long token) {
    static final String TITLE = "Review directory: ";
    static final String DUPLICATE = "Duplicate task";
    static final String GONE = "Nothing to review there any more";
    static final String MISSED = "failed-attempt";
    private static final int TEXT_MAX = 1_000;
    private static final int ATTEMPTS_MAX = 1_000_000;
    private static final long TOKEN_MAX = 1L << 53;

    /** Words by which beads tells that something was closed without success. */
    private static final Pattern FAILURE = Pattern.compile(
            "failed|rejected|wontfix|won't fix|canceled|cancelled|abandoned|blocked|error|timeout|aborted",
            Pattern.CASE_INSENSITIVE);

    /** The task that an issue is, if it is one. */
    public static Optional<Task> of(Issue issue) {
        var path = issue.metadata("path");
        var title = issue.text("title");
        boolean isTask = IssueRules.isId(issue.id())
                && issue.text("issue_type").equals("task")
                && !issue.status().equals("tombstone")
                && (path.isTextual() || title.startsWith(TITLE));
        if (!isTask) {
            return Optional.empty();
        }
        return Optional.of(new Task(
                issue,
                state(issue),
                path.isTextual() ? path.asText() : title.substring(TITLE.length()),
                Math.max(1, issue.metadata("part").asInt(1)),
                Math.max(1, issue.metadata("parts").asInt(1)),
                Math.max(0, issue.metadata("lines").asLong(0)),
                issue.metadata("hash").asText(""),
                attempts(issue.metadata("attempts")),
                token(issue.metadata("token"))));
    }

    /** Attempts as a record or a claim says them, bounded, so that there is always one more. */
    public static int attempts(JsonNode said) {
        return said.canConvertToLong() ? (int) Math.max(0, Math.min(ATTEMPTS_MAX, said.asLong())) : 0;
    }

    /** A token as a record or a claim says it; 0 for a number that no claim can have come to. */
    public static long token(JsonNode said) {
        long token = said.canConvertToLong() ? said.asLong() : 0;
        return token < 0 || token > TOKEN_MAX ? 0 : token;
    }

    private static TaskState state(Issue issue) {
        return switch (issue.status()) {
            case "open" -> TaskState.PENDING;
            case "blocked" -> TaskState.FAILED;
            case "closed" -> closed(issue.text("close_reason"));
            default -> TaskState.HELD;
        };
    }

    private static TaskState closed(String reason) {
        if (reason.startsWith(DUPLICATE) || reason.startsWith(GONE)) {
            return TaskState.DROPPED;
        }
        return FAILURE.matcher(reason).find() ? TaskState.FAILED : TaskState.DONE;
    }

    public String id() {
        return issue.id();
    }

    /** What of its directory is reviewed, as patterns; empty for all. */
    public List<String> include() {
        return texts("include");
    }

    /** What of its directory is not reviewed, as patterns. */
    public List<String> exclude() {
        return texts("exclude");
    }

    private List<String> texts(String key) {
        var texts = new ArrayList<String>();
        issue.metadata(key).forEach(each -> texts.add(each.asText()));
        return List.copyOf(texts);
    }

    /** From 0, the most urgent, to 4. */
    public int priority() {
        return Math.max(0, Math.min(IssueRules.PRIORITY_MAX, issue.priority()));
    }

    /** Whether whoever closed it says what came of a review; somebody may have closed it without one. */
    public boolean isReviewed() {
        return state == TaskState.DONE
                && issue.metadata("reviewed").isIntegralNumber()
                && issue.metadata("result").isTextual();
    }

    /** Why it failed, for people. */
    public String reason() {
        var comment = issue.lastComment();
        var reason = comment.isEmpty() ? issue.text("close_reason") : comment;
        return reason.isEmpty() ? "no reason was given" : reason;
    }

    /** For people. */
    public String name() {
        return parts > 1 ? "%s (%d of %d)".formatted(directory, part, parts) : directory;
    }

    /** Who did what, under which claim. */
    public record Work(String worker, long token, int attempt, Instant since, Instant until) {
        long seconds() {
            return Math.max(0, Duration.between(since, until).toSeconds());
        }

        double exactSeconds() {
            return Math.max(0, Duration.between(since, until).toMillis()) / 1e3;
        }
    }

    /**
     * What came of it.
     *
     * @param findings by severity, without suppressed ones
     * @param result path of the file that has them
     */
    public record Seen(long lines, long reviewed, String hash, Map<String, Long> findings, String result) {
        public Seen {
            findings = Map.copyOf(findings);
        }
    }

    public Issue completed(Work work, Seen seen) {
        Step.COMPLETE.check(state);
        long found = seen.findings.values().stream().mapToLong(each -> each).sum();
        var counts = Json.object();
        new TreeMap<>(seen.findings).forEach(counts::put);
        return attempted(work)
                .status("closed", work.until)
                .set("close_reason", "Review completed: %d findings, %d lines".formatted(found, seen.reviewed))
                .label(MISSED, false)
                .metadata("lines", seen.lines)
                .metadata("reviewed", seen.reviewed)
                .metadata("hash", seen.hash)
                .metadata("findings", (JsonNode) counts)
                .metadata("result", seen.result)
                .done(work.until);
    }

    /** An attempt that did not do all of it; the last one that there may be gives it up. */
    public Issue missed(Work work, String cause, int attemptsMax) {
        boolean isLast = work.attempt >= attemptsMax;
        (isLast ? Step.GIVE_UP : Step.MISS).check(state);
        var text = "Worker %s: attempt %d of %d failed after %d s: %s"
                .formatted(work.worker, work.attempt, attemptsMax, work.seconds(), line(cause));
        var edit = attempted(work).comment(work.worker, text, work.until).label(MISSED, true);
        if (isLast) {
            edit.status("blocked", work.until);
        } else {
            edit.set("assignee", "").set("started_at", "");
        }
        return edit.done(work.until);
    }

    private Issue.Edit attempted(Work work) {
        return issue.edit()
                .set("assignee", work.worker)
                .set("started_at", work.since.toString())
                .metadata("worker", work.worker)
                .metadata("token", work.token)
                .metadata("attempts", work.attempt)
                .metadata("seconds", Json.object().numberNode(work.exactSeconds()));
    }

    /** One line, bounded. */
    public static String line(String text) {
        var line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        int end = line.offsetByCodePoints(0, Math.min(TEXT_MAX, line.codePointCount(0, line.length())));
        return line.substring(0, end);
    }

    /** Nothing is there to be reviewed, as who has claimed it found. The claim's token stays with the task. */
    public Issue vanished(Work work) {
        var edit = issue.edit().metadata("token", work.token).metadata("attempts", work.attempt);
        return dropped(edit, GONE, work.until);
    }

    /** The same, as was found without a claim. */
    Issue vanished(Instant now) {
        return dropped(issue.edit(), GONE, now);
    }

    Issue duplicateOf(String id, Instant now) {
        return dropped(issue.edit(), DUPLICATE + " - merged into " + id, now);
    }

    /** Nobody needs it; {@code reason} says why. */
    private Issue dropped(Issue.Edit edit, String reason, Instant now) {
        Step.DROP.check(state);
        return edit.status("closed", now).set("close_reason", reason).done(now);
    }

    /** To be done once more, with all attempts. The token stays, so that nothing late of the last claim counts. */
    public Issue reopened(Instant now) {
        Step.REOPEN.check(state);
        return issue.edit()
                .status("open", now)
                .set("assignee", "")
                .set("started_at", "")
                .label(MISSED, false)
                .metadata("attempts", 0)
                .withoutMetadata("reviewed", "findings", "result")
                .done(now);
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(id(), state.name().toLowerCase(Locale.ROOT), name());
    }
}
