/**
 * Networks of the kernel's namespaces, in which nodes can be cut off from one another and joined again.
 *
 * <p><b>Invariant:</b> no address, route or filter of the machine itself is touched, and every namespace that was made
 * is removed when its owner is closed or the JVM ends.
 */
@NullMarked
package dev.skein.fault.network;

import org.jspecify.annotations.NullMarked;
