package dev.skein.http.live.gate;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who watches.
 *
 * @param expiry when the right to watch ends, by the wall clock; null when it does not
 */
public record Viewer(String subject, String role, @Nullable Instant expiry) {}
