package dev.skein.review.fix;

import dev.skein.review.Lines;

/**
 * What a fix makes of one file.
 *
 * @param text the whole new text
 * @param lines of the text before that were replaced; the whole text where a fault is put right everywhere
 * @param grown how many more lines there are
 * @param isEverywhere whether a fault was put right at every place of the file
 */
public record Change(String text, Lines lines, int grown, boolean isEverywhere) {}
