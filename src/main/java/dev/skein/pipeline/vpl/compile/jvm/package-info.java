/**
 * The class file being written, and the only place that knows how it becomes a class.
 *
 * <p><b>Invariant:</b> classes are hidden and unloaded with the last pipeline that uses them.
 */
@NullMarked
package dev.skein.pipeline.vpl.compile.jvm;

import org.jspecify.annotations.NullMarked;
