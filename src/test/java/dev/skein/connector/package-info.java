/** Connectors lived through: definitions, links under their epochs, and a rig that opens them. */
@NullMarked
package dev.skein.connector;

import org.jspecify.annotations.NullMarked;
