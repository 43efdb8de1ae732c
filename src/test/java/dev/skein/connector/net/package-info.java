/** Addresses that may be connected to, one by one. */
@NullMarked
package dev.skein.connector.net;

import org.jspecify.annotations.NullMarked;
