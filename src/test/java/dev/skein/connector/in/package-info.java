/** Payloads as events. */
@NullMarked
package dev.skein.connector.in;

import org.jspecify.annotations.NullMarked;
