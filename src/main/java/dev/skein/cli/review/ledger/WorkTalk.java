package dev.skein.cli.review.ledger;

import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.Terminal;
import dev.skein.git.exchange.Mirror.Source;
import dev.skein.review.Severity;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.claim.ClaimNote;
import dev.skein.review.ledger.status.LedgerStatus;
import dev.skein.review.ledger.work.Reviewer.Opinion;
import dev.skein.review.ledger.work.WorkEvents;
import dev.skein.review.ledger.work.WorkSummary;
import dev.skein.review.ledger.work.WorkTerms;
import dev.skein.review.report.Outcome;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a worker says. */
final class WorkTalk implements WorkEvents {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Terminal terminal;
    private final String worker;
    private boolean isWaiting;

    WorkTalk(Terminal terminal, String worker) {
        this.terminal = terminal;
        this.worker = worker;
    }

    void banner(Source source, String config, WorkTerms terms) {
        var now = InstantSource.system().instant().atZone(ZoneId.systemDefault());
        line("Worker:      " + worker);
        line("Source root: " + source.shown() + ", branch " + source.branch());
        line("Config:      " + config);
        line("Max tasks:   " + (terms.tasksMax() == 0 ? "unlimited" : String.valueOf(terms.tasksMax())));
        line("Started:     " + TIME.format(now));
    }

    private void line(String line) {
        terminal.say(Clean.line(line));
    }

    private void tell(String what, Task task, String more) {
        isWaiting = false;
        line("Worker %s: %s %s %s%s".formatted(worker, what, task.id(), task.name(), more));
    }

    @Override
    public void claimed(Task task, ClaimNote claim) {
        tell("Claimed task", task, claim.attempt() > 1 ? ", attempt " + claim.attempt() : "");
    }

    @Override
    public void completed(Task task, Opinion opinion) {
        tell(
                "completed",
                task,
                ", %d findings, %d of %d lines"
                        .formatted(opinion.findings().size(), opinion.reviewed(), opinion.lines()));
    }

    @Override
    public void failed(Task task, String why, boolean isLast) {
        tell("failed", task, (isLast ? " for good: " : ", to be tried again: ") + why);
    }

    @Override
    public void gone(Task task) {
        tell("closed", task, ": nothing to review there any more");
    }

    @Override
    public void lost(Task task, String why) {
        tell("lost", task, ": " + why);
    }

    @Override
    public void released(Task task) {
        tell("gave back", task, "");
    }

    @Override
    public void outage(String why, Duration patience) {
        line("Worker %s: tries for %d s to reach the remote: %s".formatted(worker, patience.toSeconds(), why));
    }

    @Override
    public void waiting() {
        if (!isWaiting) {
            line("Worker %s: waits for tasks that others have".formatted(worker));
        }
        isWaiting = true;
    }

    void summary(WorkSummary summary) {
        line("Tasks completed: " + summary.completed());
        line("Tasks failed:    " + summary.failed());
        if (summary.late() > 0) {
            line("Late results:    " + summary.late() + ", thrown away");
        }
        line("Runtime:         " + span(summary.runtime()));
        line("Claiming took:   %d ms of each task, %d lost races"
                .formatted(summary.overheadOfTask().toMillis(), summary.raced()));
    }

    private static String span(Duration span) {
        return "%dh %dm %ds".formatted(span.toHours(), span.toMinutesPart(), span.toSecondsPart());
    }

    void verdict(LedgerStatus seen, Outcome outcome) {
        if (seen.isEmpty()) {
            line("ledger: it has no tasks; begin with: skein review ledger init");
            return;
        }
        if (seen.unreviewed() > 0) {
            line("%d tasks were closed without a review; to do them: skein review ledger init --again failed"
                    .formatted(seen.unreviewed()));
        }
        var found = new StringBuilder();
        for (var severity : Severity.values()) {
            found.append(found.isEmpty() ? "" : ", ")
                    .append(seen.findings(severity))
                    .append(' ')
                    .append(severity.word());
        }
        line("ledger: %s; %d of %d lines reviewed; %s"
                .formatted(outcome.name().toLowerCase(Locale.ROOT), seen.reviewed(), seen.lines(), found));
    }
}
