/**
 * What a shard keeps for questions about code beside its symbols: texts on disk, and in memory what each file imports,
 * which words it has and which types it declares.
 *
 * <p><b>Invariant:</b> no text stays in memory; a text that is read is the one that its hash names, or is missing.
 */
@NullMarked
package dev.skein.index.code;

import org.jspecify.annotations.NullMarked;
