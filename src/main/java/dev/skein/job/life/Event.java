package dev.skein.job.life;

import static dev.skein.job.JobState.CANCELLED;
import static dev.skein.job.JobState.DEAD;
import static dev.skein.job.JobState.FAILED;
import static dev.skein.job.JobState.PARKED;
import static dev.skein.job.JobState.QUEUED;
import static dev.skein.job.JobState.RETRYING;
import static dev.skein.job.JobState.RUNNING;

import dev.skein.job.JobState;
import dev.skein.kernel.Problem;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What may happen to a job, and in which states. */
public enum Event {
    CLAIM("job_not_waiting", QUEUED, RETRYING),
    NOT_BEGUN("stale_attempt", RUNNING),
    FINISH("stale_attempt", RUNNING),
    CANCEL("job_ended", QUEUED, RUNNING, RETRYING, PARKED),
    PARK("job_not_waiting", QUEUED, RETRYING),
    EXPIRE("job_not_waiting", QUEUED, RETRYING),
    RETRY("job_not_ended", PARKED, FAILED, CANCELLED, DEAD);

    private final String refusal;
    private final Set<JobState> from;

    Event(String refusal, JobState first, JobState... more) {
        this.refusal = refusal;
        this.from = EnumSet.of(first, more);
    }

    public boolean isAcceptedIn(JobState state) {
        return from.contains(state);
    }

    void check(JobState state) {
        if (!isAcceptedIn(state)) {
            throw Problem.conflict(refusal, "a job that is " + state.word() + " takes no " + name().toLowerCase(Locale.ROOT));
        }
    }
}
