/** The outbox and its courier. */
@NullMarked
package dev.skein.connector.out;

import org.jspecify.annotations.NullMarked;
