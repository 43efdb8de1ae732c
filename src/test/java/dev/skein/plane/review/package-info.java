/** Tests of reviews across router, leader and worker on one bus. */
@NullMarked
package dev.skein.plane.review;

import org.jspecify.annotations.NullMarked;
