package dev.skein.http.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of the connection.
 *
 * @param address its address
 * @param isLocal whether it is surely a program on this machine: on loopback, not proxied, not a foreign page's
 * @param apiKey the {@code x-api-key} header
 * @param joinKey the {@code x-join-key} header
 */
public record Client(
        String address,
        boolean isLocal,
        @Nullable String apiKey,
        @Nullable String joinKey) {
    @Override
    public String toString() {
        return "Client[" + address + "]"; // never the keys
    }
}
