@NullMarked
package dev.skein.lsp;

import org.jspecify.annotations.NullMarked;
