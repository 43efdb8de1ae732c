package dev.skein.review.unit;

import dev.skein.review.Chunk;
import dev.skein.review.Engine;
import dev.skein.review.Engine.Call;
import dev.skein.review.Engine.Look;
import dev.skein.review.Gap;
import dev.skein.review.Lines;
import dev.skein.review.Persona;
import dev.skein.review.SourceFile;
import dev.skein.review.chunk.Chunker;
import dev.skein.review.chunk.Coverage;
import dev.skein.review.chunk.Limits;
import dev.skein.review.finding.Verifier;
import dev.skein.review.scope.Unit;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One attempt at one unit. Confined to one thread at a time. */
public final class UnitReview {
    private final Unit unit;
    private final List<Chunk> chunks = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    /**
     * @param files of the unit, as they were when it was made
     * @param missing those that are not as they were
     */
    public UnitReview(Unit unit, Collection<SourceFile> files, Collection<Gap> missing) {
        this.unit = unit;
        gaps.addAll(missing);
        var chunker = new Chunker(Limits.DEFAULTS);
        for (var file : files) {
            var cut = chunker.cut(file);
            chunks.addAll(cut.chunks());
            gaps.addAll(cut.gaps());
        }
    }

    /** How many pieces the engine is shown. */
    public int pieces() {
        return chunks.size();
    }

    /**
     * What the engine is shown.
     *
     * @param notes what is known beside the text, by path
     * @param progress told how many pieces are done
     */
    public Call call(Persona persona, Map<String, String> notes, Consumer<Integer> progress, Future<String> stopped) {
        return new Call(chunks, persona, notes, progress, stopped);
    }

    /** Believes what is in the text, and counts the lines. */
    public Reviewed reviewed(String task, Engine engine, Look look) {
        gaps.addAll(look.gaps());
        var verified = new Verifier(engine.name(), look.model(), task).verify(look.proposals(), chunks);
        var coverage = coverage();
        return new Reviewed(look, verified, coverage.lines(), coverage.reviewed(), gaps);
    }

    private Coverage coverage() {
        Map<String, List<Lines>> owned = new TreeMap<>();
        chunks.forEach(chunk -> owned.computeIfAbsent(chunk.file().path(), path -> new ArrayList<>())
                .add(chunk.owned()));
        var all = Coverage.NONE;
        for (var file : unit.files()) {
            var of = gaps.stream().filter(gap -> gap.path().equals(file.path())).toList();
            all = all.plus(Coverage.of(file.lines(), owned.getOrDefault(file.path(), List.of()), of));
        }
        return all;
    }
}
