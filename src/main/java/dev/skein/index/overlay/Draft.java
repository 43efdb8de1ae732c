package dev.skein.index.overlay;

import dev.skein.index.overlay.TextStore.Text;
import dev.skein.index.source.ContentHash;

/**
 * One open document.
 *
 * @param session who has it open
 * @param version the editor's
 * @param revision the router's
 */
public record Draft(String session, long version, long revision, ContentHash content, Text text) {}
