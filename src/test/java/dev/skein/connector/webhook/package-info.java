/** Webhooks against a real server that misbehaves. */
@NullMarked
package dev.skein.connector.webhook;

import org.jspecify.annotations.NullMarked;
