/**
 * The language server: an editor's messages over two streams become questions to the code index and edits of its
 * unsaved texts.
 *
 * <p><b>Invariant:</b> a question about a document is asked after the text that the editor showed at that time has
 * arrived at the index, and never waits for a build.
 */
@NullMarked
package dev.skein.lsp;

import org.jspecify.annotations.NullMarked;
