package dev.skein.connector;

import dev.skein.connector.letter.DeadLetters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What all links of a node share.
 *
 * @param context on which every link lives
 * @param clock steady
 */
public record Around(
        Vertx vertx,
        Context context,
        ConnectorConfig config,
        DeadLetters letters,
        InstantSource clock,
        RandomGenerator chance) {}
