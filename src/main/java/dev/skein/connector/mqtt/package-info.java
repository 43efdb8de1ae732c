/**
 * MQTT 3.1.1 and 5.
 *
 * <p><b>Invariant:</b> nobody else knows the client library.
 */
@NullMarked
package dev.skein.connector.mqtt;

import org.jspecify.annotations.NullMarked;
