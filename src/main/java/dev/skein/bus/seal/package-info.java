/**
 * What travels between nodes, sealed with the join key: who sent it, to which address, and that it is not a copy.
 *
 * <p><b>Invariant:</b> where there is a join key, no handler sees a question from another node before that node has
 * answered a challenge, and the join key itself never travels.
 */
@NullMarked
package dev.skein.bus.seal;

import org.jspecify.annotations.NullMarked;
