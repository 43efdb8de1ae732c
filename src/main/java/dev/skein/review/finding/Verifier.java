package dev.skein.review.finding;

import dev.skein.review.Chunk;
import dev.skein.review.Finding;
import dev.skein.review.Proposal;
import dev.skein.review.Region;
import dev.skein.review.SourceFile;
import dev.skein.review.finding.Places.Place;
import dev.skein.review.finding.Rejection.Reason;
import dev.skein.review.finding.suppress.SourceMarkers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Believes what it finds again in the text. A quote is looked for as it is, then with blanks and line ends left
 * aside; the place comes from where it was found, and the proposal's numbers only choose between several. What the
 * code itself says not to report is marked as suppressed. Pure; one instance serves all calls.
 */
public final class Verifier {
    /** Longer quotes are cut in the finding; they are looked for in full. */
    public static final int QUOTE_MAX = 2_000;

    private static final int QUOTE_PROPOSED_MAX = 20_000;
    private static final int MESSAGE_MAX = 4_000;
    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");

    private final String engine;
    private final String model;
    private final String task;

    /** @param model that answered; empty for engines without one */
    public Verifier(String engine, String model, String task) {
        this.engine = engine;
        this.model = model;
        this.task = task;
    }

    /** What came of several proposals; findings and rejections in their order. */
    public record Verified(List<Finding> findings, List<Rejection> rejected, Tally tally) {
        public Verified {
            findings = List.copyOf(findings);
            rejected = List.copyOf(rejected);
        }
    }

    public Verified verify(Collection<Proposal> proposals, Collection<Chunk> chunks) {
        Map<String, Check> checks = new TreeMap<>();
        chunks.stream()
                .collect(Collectors.groupingBy(chunk -> chunk.file().path()))
                .forEach((path, ofFile) -> checks.put(path, new Check(ofFile)));
        List<Finding> findings = new ArrayList<>();
        List<Rejection> rejected = new ArrayList<>();
        for (var proposal : proposals) {
            var check = checks.get(proposal.path());
            try {
                findings.add(believed(proposal, check));
            } catch (Doubt doubt) {
                rejected.add(new Rejection(proposal, doubt.reason, doubt.detail, engine, task));
            }
        }
        var distinct = Merge.distinct(findings);
        rejected.sort(null);
        return new Verified(distinct, rejected, Tally.of(proposals.size(), rejected));
    }

    private Finding believed(Proposal proposal, @Nullable Check check) throws Doubt {
        if (check == null) {
            throw new Doubt(Reason.SCHEMA, "no file of this path was asked about");
        }
        requireSchema(proposal);
        return check.finding(proposal);
    }

    private static void requireSchema(Proposal proposal) throws Doubt {
        require(
                RULE.matcher(proposal.rule()).matches(),
                "rule must be a name of at most 128 letters, digits and . _ / -");
        require(!proposal.message().isBlank(), "message is empty");
        require(proposal.confidence() >= 0 && proposal.confidence() <= 1, "confidence must be from 0 to 1");
        require(!proposal.quote().isEmpty(), "quote is empty");
        require(
                proposal.quote().length() <= QUOTE_PROPOSED_MAX,
                "quote is longer than " + QUOTE_PROPOSED_MAX + " characters");
    }

    private static void require(boolean holds, String detail) throws Doubt {
        if (!holds) {
            throw new Doubt(Reason.SCHEMA, detail);
        }
    }

    /** Why a proposal is not believed. */
    private static final class Doubt extends Exception {
        private static final long serialVersionUID = 1L;
        private final Reason reason;
        private final String detail;

        Doubt(Reason reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
            this.detail = detail;
        }
    }

    /** The chunks of one file. */
    private final class Check {
        private final SourceFile file;
        private final List<Chunk> chunks;
        private final Marks marks;
        private final SourceMarkers markers;

        Check(List<Chunk> chunks) {
            this.chunks = chunks;
            this.file = chunks.get(0).file();
            this.marks = new Marks(file);
            this.markers = SourceMarkers.of(file);
        }

        Finding finding(Proposal proposal) throws Doubt {
            var place = place(proposal);
            var region = marks.region(place);
            return new Finding(
                    file.path(),
                    region,
                    WellFormed.cut(WellFormed.of(file.text().substring(place.from(), place.to())), QUOTE_MAX),
                    proposal.rule(),
                    proposal.severity(),
                    proposal.confidence(),
                    WellFormed.cut(WellFormed.plain(proposal.message().strip()), MESSAGE_MAX),
                    suggestion(proposal),
                    replacement(proposal, place),
                    engine,
                    model,
                    task,
                    marks.fingerprint(proposal.rule(), place),
                    marks.lineHash(region.startLine()),
                    markers.at(proposal.rule(), region.startLine()));
        }

        private Place place(Proposal proposal) throws Doubt {
            var needle = proposal.quote().strip();
            var claimed = claimed(proposal.region(), needle.isEmpty() ? proposal.quote() : needle);
            if (claimed != null) {
                return owned(List.of(claimed)).get(0);
            }
            require(!needle.isEmpty(), "quote is blank");
            var everywhere = marks.places().find(needle);
            if (everywhere.isEmpty()) {
                throw new Doubt(Reason.QUOTE_MISSING, "the quote is not in the file");
            }
            var places = owned(everywhere);
            return places.size() == 1 ? places.get(0) : nearest(places, proposal.region());
        }

        /** The place of the proposal's numbers, if the quote is there exactly and no blank quote of a model. */
        private @Nullable Place claimed(Region region, String needle) {
            int at = marks.lines().offset(region.startLine(), region.startColumn());
            boolean usable = at >= 0 && (model.isEmpty() || !needle.isBlank());
            return usable && file.text().startsWith(needle, at) ? new Place(at, at + needle.length()) : null;
        }

        private List<Place> owned(List<Place> places) throws Doubt {
            var owned = places.stream().filter(this::isOwned).toList();
            if (owned.isEmpty()) {
                throw new Doubt(Reason.OUTSIDE, "the quote is only in lines that were not asked about");
            }
            return owned;
        }

        private boolean isOwned(Place place) {
            int line = marks.lines().lineOf(place.from());
            return chunks.stream().anyMatch(chunk -> chunk.owned().contains(line));
        }

        private Place nearest(List<Place> places, Region claimed) throws Doubt {
            boolean shown = chunks.stream().anyMatch(chunk -> chunk.shown().contains(claimed.startLine()));
            int least = places.stream()
                    .mapToInt(place -> away(place, claimed))
                    .min()
                    .orElseThrow();
            var near = places.stream()
                    .filter(place -> away(place, claimed) == least)
                    .toList();
            long lines = near.stream()
                    .map(place -> marks.lines().lineOf(place.from()))
                    .distinct()
                    .count();
            if (!shown || lines > 1) {
                throw new Doubt(Reason.AMBIGUOUS, "the quote is at " + places.size() + " places");
            }
            return near.stream()
                    .min((one, other) -> Integer.compare(aside(one, claimed), aside(other, claimed)))
                    .orElseThrow();
        }

        private int away(Place place, Region claimed) {
            return Math.abs(marks.lines().lineOf(place.from()) - claimed.startLine());
        }

        private int aside(Place place, Region claimed) {
            return Math.abs(marks.region(place).startColumn() - claimed.startColumn());
        }

        /** Only for a quote that was given to the letter and is kept whole: it says exactly what is replaced. */
        private @Nullable String replacement(Proposal proposal, Place place) {
            var said = proposal.replacement();
            var found = file.text().substring(place.from(), place.to());
            boolean usable = said != null
                    && said.length() <= MESSAGE_MAX
                    && found.length() <= QUOTE_MAX
                    && found.equals(proposal.quote().strip())
                    && !said.strip().equals(found);
            return usable ? WellFormed.of(Objects.requireNonNull(said)) : null;
        }

        private static @Nullable String suggestion(Proposal proposal) {
            var said = Objects.requireNonNullElse(proposal.suggestion(), "").strip();
            return said.isEmpty() ? null : WellFormed.cut(WellFormed.plain(said), MESSAGE_MAX);
        }
    }
}
