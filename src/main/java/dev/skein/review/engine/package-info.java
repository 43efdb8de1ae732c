/**
 * Engines that look at code, and how they are configured: {@code check} for every text, {@code pmd} for the languages
 * it knows, and {@code model} for language models over HTTP.
 *
 * <p><b>Invariant:</b> an engine never says that lines were reviewed when they were not: what it could not look at is a
 * gap with its reason.
 */
@NullMarked
package dev.skein.review.engine;

import org.jspecify.annotations.NullMarked;
