/**
 * What names in a file mean: {@code unit} reads one file, {@code type} knows types and their members by what their
 * files declare, {@code expr} finds the types of expressions, {@code resolve} what a name at a place refers to,
 * {@code platform} knows the types of the running Java.
 *
 * <p><b>Invariant:</b> an answer that is not sure says so; nothing here waits for anybody: what is not known is asked
 * for by the caller, who then begins anew.
 */
@NullMarked
package dev.skein.index.sem;

import org.jspecify.annotations.NullMarked;
