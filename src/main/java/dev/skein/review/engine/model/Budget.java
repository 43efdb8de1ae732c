package dev.skein.review.engine.model;

import dev.skein.review.Chunk;
import dev.skein.review.Lines;
import dev.skein.review.Persona;
import dev.skein.review.engine.check.Text;
import dev.skein.review.engine.model.Model.Turn;
import dev.skein.review.engine.model.Prompts.Piece;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a chunk into pieces whose question and answer have room in a model's context. First the notes go, then the lines
 * that are only shown, then the owned lines are halved; a single line that is too long is left over.
 *
 * @param contextTokens for question and answer together
 * @param answerTokens for the answer, twice, since it may have to be said again
 */
public record Budget(int contextTokens, int answerTokens) {
    /** Code has three to four characters a token; less is assumed, so that nothing is cut without a word. */
    public static final int CHARACTERS_PER_TOKEN = 3;

    private static final int REPAIR_TOKENS = 200;

    /** The pieces and the lines that fit into none. */
    record Cut(List<Piece> pieces, List<Lines> tooLong) {}

    Cut cut(Chunk chunk, Text text, String note, Persona persona) {
        var cut = new Cut(new ArrayList<>(), new ArrayList<>());
        var whole = new Piece(text, chunk.owned(), chunk.shown(), note);
        if (fits(whole, persona)) {
            cut.pieces.add(whole);
            return cut;
        }
        var plain = new Piece(text, chunk.owned(), chunk.shown(), "");
        if (fits(plain, persona)) {
            cut.pieces.add(plain);
            return cut;
        }
        halve(text, chunk.owned(), persona, cut);
        return cut;
    }

    private void halve(Text text, Lines owned, Persona persona, Cut into) {
        var piece = new Piece(text, owned, owned, "");
        if (fits(piece, persona)) {
            into.pieces.add(piece);
        } else if (owned.count() == 1) {
            into.tooLong.add(owned);
        } else {
            int middle = owned.first() + owned.count() / 2;
            halve(text, new Lines(owned.first(), middle - 1), persona, into);
            halve(text, new Lines(middle, owned.last()), persona, into);
        }
    }

    private boolean fits(Piece piece, Persona persona) {
        if (text(piece) / CHARACTERS_PER_TOKEN > contextTokens) {
            return false;
        }
        long characters = Schemas.FINDINGS.length();
        for (Turn turn : Prompts.review(piece, persona)) {
            characters += turn.text().length();
        }
        return characters / CHARACTERS_PER_TOKEN + 2L * answerTokens + REPAIR_TOKENS <= contextTokens;
    }

    private static long text(Piece piece) {
        return piece.text().characters(piece.shown());
    }
}
