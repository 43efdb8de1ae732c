/** Router and worker together, as one data plane, against a coordinator played by the test. */
@org.jspecify.annotations.NullMarked
package dev.skein.plane;
