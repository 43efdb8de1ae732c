package dev.skein.connector.letter;

import dev.skein.connector.Owner;

/**
 * A message that went nowhere.
 *
 * @param way {@code out} or {@code in}
 * @param attempts how often it was tried
 * @param message as it would have been sent, or as it came
 */
public record DeadLetter(Owner owner, String connector, String way, String reason, int attempts, String message) {}
