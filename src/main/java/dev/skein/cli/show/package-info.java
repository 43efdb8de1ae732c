/**
 * How items are shown: chosen by filter, sorted, cut, and printed as table, JSON, YAML or names.
 *
 * <p><b>Invariant:</b> tables may change, JSON is a contract: {@code {"schema":1,"items":[…],"next":…}}.
 */
@NullMarked
package dev.skein.cli.show;

import org.jspecify.annotations.NullMarked;
