/**
 * Who is asking and what they may do: roles, API keys, and tokens signed with keys that are made at first start.
 *
 * <p><b>Invariant:</b> nothing outside this package signs or verifies, and an empty set of keys never lets
 * anybody in.
 */
@NullMarked
package dev.skein.auth;

import org.jspecify.annotations.NullMarked;
