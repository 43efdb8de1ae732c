package dev.skein.review.engine.check;

import dev.skein.review.Proposal;
import dev.skein.review.Rule;
import java.util.List;
import java.util.function.Consumer;

/** One check over a whole text. Thread-safe, as it keeps nothing. */
interface TextCheck {
    List<Rule> rules();

    void look(Text text, Consumer<Proposal> found);
}
