package dev.skein.review.report;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The texts that were reviewed, by path. */
public interface Texts {
    /** The text as it was reviewed; null when there is none any more. */
    @Nullable
    String text(String path) throws IOException;
}
