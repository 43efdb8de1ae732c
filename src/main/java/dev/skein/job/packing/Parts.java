package dev.skein.job.packing;

import dev.skein.bus.wire.WireReader;
import dev.skein.bus.wire.WireWriter;
import dev.skein.job.Job.Progress;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.Outcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several packed records are made of. */
final class Parts {
    private Parts() {}

    static void write(Ref ref, WireWriter to) {
        to.text(ref.job()).number(ref.attempt());
    }

    static Ref ref(WireReader from) {
        return new Ref(from.text(), (int) from.number());
    }

    /** A null is 0, and anything else is one more than its milliseconds. */
    static void write(@Nullable Duration time, WireWriter to) {
        to.number(time == null ? 0 : time.toMillis() + 1);
    }

    static @Nullable Duration time(WireReader from) {
        long millis = from.number();
        return millis == 0 ? null : Duration.ofMillis(millis - 1);
    }

    static void write(List<String> words, WireWriter to) {
        to.number(words.size());
        words.forEach(to::text);
    }

    static List<String> words(WireReader from) {
        return from.list(from::text);
    }

    static void write(@Nullable Progress progress, WireWriter to) {
        to.number(progress == null ? 0 : 1);
        if (progress != null) {
            to.number(Double.doubleToLongBits(progress.fraction()))
                    .text(progress.note())
                    .optional(progress.partial());
        }
    }

    static @Nullable Progress progress(WireReader from) {
        return from.number() == 0
                ? null
                : new Progress(Double.longBitsToDouble(from.number()), from.text(), from.optional());
    }

    static void write(@Nullable Outcome outcome, WireWriter to) {
        to.number(outcome == null ? 0 : outcome.kind().ordinal() + 1L);
        if (outcome != null) {
            to.text(outcome.code()).text(outcome.message()).number(outcome.retryable() ? 1 : 0);
            write(outcome.details(), to);
        }
    }

    private static void write(Outcome.@Nullable Details details, WireWriter to) {
        to.number(details == null ? 0 : 1);
        if (details != null) {
            to.text(details.evidence())
                    .number(details.peakRssBytes() == null ? 0 : details.peakRssBytes())
                    .number(details.capBytes())
                    .text(details.process())
                    .number(details.memorySuspect() ? 1 : 0);
            write(details.exitCode(), to);
            write(details.signal(), to);
        }
    }

    private static void write(@Nullable Integer number, WireWriter to) {
        to.number(number == null ? 0 : 1).number(number == null ? 0 : number);
    }

    private static @Nullable Integer integer(WireReader from) {
        boolean known = from.number() != 0;
        int number = (int) from.number();
        return known ? number : null;
    }

    static @Nullable Outcome outcome(WireReader from) {
        long kind = from.number();
        if (kind == 0) {
            return null;
        }
        var kinds = Outcome.Kind.values();
        if (kind < 0 || kind > kinds.length) {
            throw from.damaged();
        }
        return new Outcome(kinds[(int) kind - 1], from.text(), from.text(), from.number() != 0, details(from));
    }

    private static Outcome.@Nullable Details details(WireReader from) {
        if (from.number() == 0) {
            return null;
        }
        var evidence = from.text();
        long peak = from.number();
        long cap = from.number();
        var process = from.text();
        boolean suspect = from.number() != 0;
        return new Outcome.Details(evidence, peak, cap, process, integer(from), integer(from), suspect);
    }
}
