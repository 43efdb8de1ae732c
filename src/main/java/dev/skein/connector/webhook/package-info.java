/**
 * Events as HTTP requests.
 *
 * <p><b>Invariant:</b> no redirect is followed and no answer is kept.
 */
@NullMarked
package dev.skein.connector.webhook;

import org.jspecify.annotations.NullMarked;
