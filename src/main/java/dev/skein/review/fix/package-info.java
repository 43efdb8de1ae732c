/**
 * What becomes of a file when a finding is fixed, and what a fix needs to know of a build: how a project is built, and
 * what a failed build complains about.
 *
 * <p><b>Invariant:</b> pure: runs nothing and touches no file; what a build prints is data.
 */
@NullMarked
package dev.skein.review.fix;

import org.jspecify.annotations.NullMarked;
