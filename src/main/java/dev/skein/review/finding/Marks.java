package dev.skein.review.finding;

import dev.skein.review.Region;
import dev.skein.review.SourceFile;
import dev.skein.review.finding.Places.Place;
import dev.skein.review.text.TextLines;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What finds a place of one file again when the file has changed. The fingerprint is of path, rule, the quote
 * without its blanks, the declarations around it, and which of the equal places in them it is: it stays while lines
 * are inserted, blocks move and code is indented anew. It depends on the text alone, not on what else was found. Not
 * thread-safe.
 */
final class Marks {
    private static final int BYTES = 16;

    private final SourceFile file;
    private final TextLines lines;
    private final Places places;
    private final Map<Integer, String> symbols = new HashMap<>(); // by line, for lines that were asked about
    private @Nullable Enclosing enclosing;
    private @Nullable LineHashes hashes;

    Marks(SourceFile file) {
        this.file = file;
        this.lines = new TextLines(file.text());
        this.places = new Places(file.text());
    }

    TextLines lines() {
        return lines;
    }

    Places places() {
        return places;
    }

    Region region(Place place) {
        return lines.region(place.from(), place.to());
    }

    String lineHash(int line) {
        var known = hashes;
        if (known == null) {
            known = new LineHashes(file.text());
            hashes = known;
        }
        return known.of(line);
    }

    /** Thirty-two lower-case hexadecimal digits. */
    String fingerprint(String rule, Place place) {
        var quote = file.text().substring(place.from(), place.to());
        var symbol = symbol(place.from());
        return digest(
                file.path(), rule, Places.squeezed(quote), symbol, String.valueOf(occurrence(place, quote, symbol)));
    }

    private long occurrence(Place place, String quote, String symbol) {
        return places.tolerant(quote).stream()
                .filter(other -> other.from() < place.from())
                .filter(other -> symbol(other.from()).equals(symbol))
                .count();
    }

    private String symbol(int offset) {
        var known = enclosing;
        if (known == null) {
            known = new Enclosing(file, lines);
            enclosing = known;
        }
        return symbols.computeIfAbsent(lines.lineOf(offset), known::at);
    }

    /** The first 128 bits of the SHA-256 of all parts, each ended by a zero. */
    static String digest(String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
