package dev.skein.review.run;

import dev.skein.bus.Endpoint;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.review.finding.Tally;
import dev.skein.review.run.ReviewDetails.Filter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the cluster offers about runs of reviews. A router looks at the directory, the leader keeps what came of it. */
public final class Reviews {
    /** Findings of one {@link #FINDINGS} at most, however little is asked for up to one part of a task. */
    public static final int PAGE_MAX = 1_000;

    /**
     * Where what is to be reviewed lies; exactly one of root, workspace and git is not empty.
     *
     * @param root absolute, on the node that is asked
     * @param workspace name or id
     * @param git URL of a repository that the node that is asked may copy
     * @param ref a branch, a tag or a whole commit's name; empty for what the repository points to
     */
    public record Place(String root, String workspace, String git, String ref) {
        public static Place directory(String root) {
            return new Place(root, "", "", "");
        }

        public static Place workspace(String nameOrId) {
            return new Place("", nameOrId, "", "");
        }

        public static Place repository(String url, String ref) {
            return new Place("", "", url, ref);
        }
    }

    /**
     * What the root of a run is, where that is more than a directory; what does not hold is empty.
     *
     * @param workspace name of the one whose root it is
     * @param git URL that the root is a copy of
     * @param ref what of it was asked for
     * @param commit whole name of what its files were
     */
    public record Origin(String workspace, String git, String ref, String commit) {
        public static final Origin NONE = new Origin("", "", "", "");
    }

    /**
     * A review, for the router of the node that has the directory, or that finds out who has it.
     *
     * @param name under which it is asked for again; empty: that of the workspace, or the last one of root or URL
     * @param persona empty for the configured one
     * @param since id of an earlier run; only what has changed since then is reviewed, null for everything
     */
    public record Create(
            Place place,
            String name,
            Choice choice,
            String persona,
            @Nullable String since,
            Caller caller) {}

    /**
     * What of a directory, and by what.
     *
     * @param engine empty for the configured one
     * @param depthMax 0 for no limit
     * @param labels that a worker must bear
     * @param attemptsMax of one task
     */
    public record Choice(
            String engine,
            List<String> include,
            List<String> exclude,
            int depthMax,
            Map<String, Integer> priorities,
            List<String> labels,
            int attemptsMax) {
        public Choice {
            include = List.copyOf(include);
            exclude = List.copyOf(exclude);
            priorities = Map.copyOf(priorities);
            labels = List.copyOf(labels);
        }
    }

    /**
     * What came of asking.
     *
     * @param created tasks that were not there before; 0 when the same was asked for again
     */
    public record Created(View run, int found, int created) {}

    /** Where a task is. */
    public enum TaskState {
        PENDING,
        RUNNING,
        DONE,
        /** Given up after its last attempt, or cancelled. */
        FAILED
    }

    /**
     * A run.
     *
     * @param state {@code running}, {@code done} once every task is, {@code incomplete} when none will be done any more
     *     but lines were not reviewed
     * @param node id of the node that has the root
     * @param origin what the root is
     * @param tasks how many in each state
     * @param lines that are to be reviewed
     * @param reviewed of these, in tasks that are done
     * @param findings by severity, in tasks that are done; dismissed and suppressed ones are not among them
     * @param suppressed findings that somebody does not want to see
     * @param skipped entries that are not reviewed, by reason
     * @param include patterns that it was asked for with
     * @param finishedMillis null while it runs
     */
    public record View(
            String id,
            String name,
            String root,
            String node,
            Origin origin,
            String engine,
            String persona,
            String state,
            Map<String, Integer> tasks,
            int files,
            long lines,
            long reviewed,
            Map<String, Long> findings,
            long suppressed,
            Map<String, Integer> skipped,
            List<String> include,
            List<String> exclude,
            long createdMillis,
            @Nullable Long finishedMillis) {
        public View {
            origin = Objects.requireNonNullElse(origin, Origin.NONE); // a leader of an older version, as the next two
            include = include == null ? List.of() : List.copyOf(include);
            exclude = exclude == null ? List.of() : List.copyOf(exclude);
            tasks = Map.copyOf(tasks);
            findings = Map.copyOf(findings);
            skipped = Map.copyOf(skipped);
        }
    }

    /**
     * A task of a run.
     *
     * @param job that does it
     * @param worker that does it or did it last; null before
     * @param reason of the last failure; null without one
     */
    public record Task(
            String id,
            String directory,
            int part,
            int parts,
            int priority,
            int files,
            long lines,
            TaskState state,
            String job,
            int attempt,
            @Nullable String worker,
            @Nullable Long startedMillis,
            @Nullable Long finishedMillis,
            long findings,
            @Nullable String reason) {}

    public record Get(String run) {}

    public record ListAll(int limit, int offset) {}

    /** The newest first, and how many there are in all. */
    public record Listed(List<View> runs, int total) {
        public Listed {
            runs = List.copyOf(runs);
        }
    }

    /** @param state null for any */
    public record Tasks(String run, @Nullable TaskState state, int limit, int offset) {}

    /** By priority and directory. */
    public record TaskList(List<Task> tasks, int total) {
        public TaskList {
            tasks = List.copyOf(tasks);
        }
    }

    /**
     * @param after {@code next} of the page before; null for the first page
     * @param minimum least severity; null for any
     * @param filter what else is wanted; null for everything
     */
    public record Findings(
            String run,
            @Nullable String after,
            @Nullable String minimum,
            int limit,
            @Nullable Filter filter) {
        public Findings(String run, @Nullable String after, @Nullable String minimum, int limit) {
            this(run, after, minimum, limit, null);
        }
    }

    /** @param after {@code next} of the page before; null for the first page */
    public record ResultAsk(
            String run, String task, @Nullable String after) {}

    /**
     * What one task found, and all that its line of a ledger says of it.
     *
     * @param hash of its files and what they are called
     * @param fingerprint of the engine with the persona
     * @param model that answered; empty for engines without one
     */
    public record ResultPage(String hash, String fingerprint, String model, long reviewed, FindingPage found) {}

    /**
     * Findings in the order of their tasks' directories.
     *
     * @param lines one finding each as JSON
     * @param rules those that the findings of a task that begins here are instances of, one each as JSON
     * @param gaps lines of such a task that were not reviewed, one each as JSON with {@code path}, {@code first},
     *     {@code last}, {@code reason} and {@code detail}
     * @param proposals what the engine of such a task proposed, and how much of it was not believed
     * @param next to go on from; null after the last
     */
    public record FindingPage(
            List<String> lines,
            List<String> rules,
            List<String> gaps,
            Tally proposals,
            @Nullable String next) {
        public FindingPage {
            lines = List.copyOf(lines);
            rules = List.copyOf(rules);
            gaps = List.copyOf(gaps);
        }
    }

    public record SkippedAsk(String run) {}

    /** @param reason one for many: {@code binary}, {@code generated} … */
    public record SkippedPath(String path, String reason) {}

    /**
     * What a run does not review.
     *
     * @param first at most {@value ReviewParts#SKIPPED_MAX}, by path
     * @param counts of all, by reason
     */
    public record SkippedList(List<SkippedPath> first, Map<String, Integer> counts) {
        public SkippedList {
            first = List.copyOf(first);
            counts = Map.copyOf(counts);
        }
    }

    /** @param reason for people, not blank */
    public record Dismiss(String run, String fingerprint, String reason, Caller caller) {}

    public record Dismissed(boolean dismissed) {}

    /** Failed tasks are begun anew; all of them when none is named. */
    public record Retry(String run, List<String> tasks, Caller caller) {
        public Retry {
            tasks = List.copyOf(tasks);
        }
    }

    public record Retried(int tasks) {}

    /** Ends what has not begun and what runs. */
    public record Cancel(String run, Caller caller) {}

    /** @param priority 0 to 4, 0 the most urgent */
    public record Prioritize(String run, String task, int priority, Caller caller) {}

    public record Done(boolean done) {}

    /**
     * What came of a ledger's tasks.
     *
     * @param found tasks that have something to review in the directory
     * @param created tasks that were not there before; 0 when the same was asked for again
     * @param taken results that were taken over now
     * @param again tasks that are done there, but are to be done again: their files have changed, or their result is
     *     missing or refused
     * @param gone tasks that have nothing to review any more
     */
    public record Imported(View run, int found, int created, int taken, int again, int gone) {}

    /**
     * Served by each router: tasks of the ledger in a directory, with what was found, as a run. Fails as {@link
     * #CREATE}, and with 400 {@code no_ledger}, {@code invalid_result}.
     */
    public static final Endpoint<Create, Imported> IMPORT =
            new Endpoint<>("review.import.v1", Create.class, Imported.class);

    /**
     * Served by each router, which passes on what is of a workspace of another. Fails with 400 {@code no_such_root},
     * {@code nothing_included} where patterns name no file that can be reviewed, 409 {@code review_running} while the
     * same directory is looked at, 404 {@code workspace_not_found}, 503 {@code review_node_away}; of a repository with
     * 503 {@code review_copying} while it is copied, 429 {@code too_many_copies}, and as {@code Repositories.ADD}.
     */
    public static final Endpoint<Create, Created> CREATE =
            new Endpoint<>("review.create.v1", Create.class, Created.class);

    /** Fails with 404 {@code review_not_found}, as do all that follow. */
    public static final Endpoint<Get, View> GET = new Endpoint<>("review.get.v1", Get.class, View.class);

    public static final Endpoint<ListAll, Listed> LIST = new Endpoint<>("review.list.v1", ListAll.class, Listed.class);

    public static final Endpoint<Tasks, TaskList> TASKS =
            new Endpoint<>("review.tasks.v1", Tasks.class, TaskList.class);

    public static final Endpoint<Findings, FindingPage> FINDINGS =
            new Endpoint<>("review.findings.v1", Findings.class, FindingPage.class);

    public static final Endpoint<SkippedAsk, SkippedList> SKIPPED =
            new Endpoint<>("review.skipped.v1", SkippedAsk.class, SkippedList.class);

    /** Fails with 409 {@code review_task_open} for a task that is not done. */
    public static final Endpoint<ResultAsk, ResultPage> RESULT =
            new Endpoint<>("review.result.v1", ResultAsk.class, ResultPage.class);

    /** Fails with 404 {@code finding_not_found} when no task that is done found it. */
    public static final Endpoint<Dismiss, Dismissed> DISMISS =
            new Endpoint<>("review.dismiss.v1", Dismiss.class, Dismissed.class);

    /**
     * Fails with 404 {@code review_not_found} for a task that the review has not, and with 409 {@code
     * review_task_not_failed} for one of which nothing is left to be done.
     */
    public static final Endpoint<Retry, Retried> RETRY = new Endpoint<>("review.retry.v1", Retry.class, Retried.class);

    public static final Endpoint<Cancel, Done> CANCEL = new Endpoint<>("review.cancel.v1", Cancel.class, Done.class);

    /** Fails with 409 {@code review_task_begun} once the task is not pending any more. */
    public static final Endpoint<Prioritize, Done> PRIORITIZE =
            new Endpoint<>("review.prioritize.v1", Prioritize.class, Done.class);

    private Reviews() {}
}
