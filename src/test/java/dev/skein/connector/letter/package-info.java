/** Dead letters on disk. */
@NullMarked
package dev.skein.connector.letter;

import org.jspecify.annotations.NullMarked;
