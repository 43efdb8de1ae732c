/** Real processes of the built jar, started, killed, stopped and continued. */
@NullMarked
package dev.skein.fault;

import org.jspecify.annotations.NullMarked;
