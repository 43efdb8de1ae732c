/**
 * Declarations of one Java file, from Java 8 to the newest, found without understanding what stands between them.
 *
 * <p><b>Invariant:</b> every text gives an answer in time linear in its length: nothing recurses, nothing throws, and
 * what is looked ahead is bounded.
 */
@NullMarked
package dev.skein.index.scan;

import org.jspecify.annotations.NullMarked;
