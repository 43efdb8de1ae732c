package dev.skein.review.ledger.claim;

import dev.skein.git.exchange.Mirror;
import dev.skein.git.exchange.Mirror.NewCommit;
import dev.skein.git.exchange.Update;
import dev.skein.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A task that this process has, for as long as it is renewed. Thread-safe. */
public final class Claim {
    private final Mirror mirror;
    private final Means means;
    private final String ref;
    private final CompletableFuture<String> lost = new CompletableFuture<>();

    // all guarded by this
    private String object;
    private ClaimNote note;
    private Instant confirmed; // steady
    private @Nullable String next; // pushed without an answer
    private boolean isEnded;

    /**
     * What claims are made with.
     *
     * @param tree empty one
     */
    record Means(InstantSource wall, InstantSource steady, String tree) {}

    /** @param began when its push began, by the steady clock */
    Claim(Mirror mirror, Means means, Held held, Instant began) {
        this.mirror = mirror;
        this.means = means;
        this.ref = held.ref;
        this.object = held.object;
        this.note = held.note;
        this.confirmed = began;
    }

    /** A claim as it stands at the remote. */
    record Held(String ref, String object, ClaimNote note) {}

    public synchronized ClaimNote note() {
        return note;
    }

    public String task() {
        return note().task();
    }

    /** Completes with the reason once it is nobody's of this process any more. */
    public CompletableFuture<String> lost() {
        return lost.copy();
    }

    public boolean isLost() {
        return lost.isDone();
    }

    String ref() {
        return ref;
    }

    /** Does something during which it is not renewed; gets the commit that the ref should hold. */
    synchronized <T> T holding(Function<String, T> work) {
        return work.apply(object);
    }

    synchronized void end() {
        isEnded = true;
    }

    /** Says that it is still held, when a third of its time is over. Told by a timer, never by who does the work. */
    public synchronized void renewWhenDue() {
        var now = means.steady.instant();
        if (!isEnded
                && !isLost()
                && Duration.between(confirmed, now).compareTo(note.ttl().dividedBy(3)) >= 0) {
            renew(now);
        }
    }

    private void renew(Instant began) {
        var later = note.until(means.wall.instant().plus(note.ttl()));
        if (next == null) {
            next = commit(mirror, means, later, object);
        }
        try {
            var pushed = mirror.push(List.of(new Update(ref, object, next)));
            switch (pushed.result()) {
                case DONE -> {
                    object = next;
                    note = later;
                    confirmed = began;
                    next = null;
                }
                case CHANGED -> lose("another worker has taken the task");
                default -> giveUp(began, pushed.message());
            }
        } catch (Problem unreachable) {
            giveUp(began, unreachable.sentence());
        }
    }

    /** After all of its time somebody else may have it. */
    private void giveUp(Instant now, String why) {
        if (Duration.between(confirmed, now).compareTo(note.ttl()) >= 0) {
            lose("the claim could not be renewed: " + why);
        }
    }

    void lose(String why) {
        lost.complete(why);
    }

    static String commit(Mirror mirror, Means means, ClaimNote note, @Nullable String before) {
        boolean isCommit = before != null && mirror.message(before).isPresent();
        var parents = isCommit ? List.of(before) : List.<String>of();
        var commit = new NewCommit(means.tree, parents, "skein " + note.worker(), note.text());
        return mirror.commit(commit, means.wall.instant());
    }
}
