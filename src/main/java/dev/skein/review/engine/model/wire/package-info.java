/**
 * Models over HTTP: Ollama's own protocol and the one of OpenAI that many servers speak, on one client that chooses
 * among hosts, bounds what each has to do, waits and tries again where that may help.
 *
 * <p><b>Invariant:</b> an answer counts only when the server said that it is whole; a place at a host is given back
 * on every way out; a key is in no log, message or argument.
 */
@NullMarked
package dev.skein.review.engine.model.wire;

import org.jspecify.annotations.NullMarked;
