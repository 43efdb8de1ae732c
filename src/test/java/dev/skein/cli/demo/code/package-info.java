@NullMarked
package dev.skein.cli.demo.code;

import org.jspecify.annotations.NullMarked;
