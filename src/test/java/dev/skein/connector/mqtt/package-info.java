/** MQTT against a real broker. */
@NullMarked
package dev.skein.connector.mqtt;

import org.jspecify.annotations.NullMarked;
