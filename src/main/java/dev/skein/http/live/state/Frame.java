package dev.skein.http.live.state;

import java.nio.charset.StandardCharsets;

/**
 * One message to viewers, encoded once for all of them.
 *
 * @param bytes length of the text in UTF-8
 * @param seq the sequence number a viewer has reached with it
 */
public record Frame(String text, int bytes, long seq) {
    public static Frame of(String text, long seq) {
        return new Frame(text, text.getBytes(StandardCharsets.UTF_8).length, seq);
    }
}
