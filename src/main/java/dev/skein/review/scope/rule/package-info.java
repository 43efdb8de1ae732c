/**
 * Patterns of paths with the meaning that {@code .gitignore} gives them: what git ignores, and what a user
 * wants or does not want reviewed.
 *
 * <p><b>Invariant:</b> a pattern comes from the code under review, so that none may cost more than the product of its
 * length and the path's; no regular expression is made of one.
 */
@NullMarked
package dev.skein.review.scope.rule;

import org.jspecify.annotations.NullMarked;
