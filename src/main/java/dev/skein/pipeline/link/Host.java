package dev.skein.pipeline.link;

import dev.skein.bus.NodeAddress;
import dev.skein.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Where one worker can be reached.
 *
 * @param node its present life on the bus; null when it is known by REST only
 * @param address absolute http or https address of its endpoints
 * @param apiKey what it wants as {@code x-api-key}; empty means none
 */
public record Host(String workerId, @Nullable NodeAddress node, String address, Secret apiKey) {}
