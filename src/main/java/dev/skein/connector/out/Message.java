package dev.skein.connector.out;

import java.nio.charset.StandardCharsets;

/** One event on its way, with an id that stays the same at each attempt. Equal only to itself. */
public final class Message {
    private final String id;
    private final byte[] body;
    private int attempts; // confined to the courier

    /** A message with an id that its target may know it by. */
    public Message(String id, String text) {
        this.id = id;
        this.body = text.getBytes(StandardCharsets.UTF_8);
    }

    public String id() {
        return id;
    }

    /** JSON; not to be changed. */
    public byte[] body() {
        return body;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** How often a target that was there did not take it. */
    int attempts() {
        return attempts;
    }

    void refused(SendFailure.Blame blame) {
        attempts += blame == SendFailure.Blame.TARGET ? 0 : 1;
    }
}
