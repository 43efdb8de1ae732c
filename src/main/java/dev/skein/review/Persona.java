package dev.skein.review;

import java.util.List;

/**
 * In whose voice and with which focus a model reviews. It changes tone and attention, never the form of findings,
 * how they are verified or what a severity means.
 *
 * @param name in lower case with dashes
 * @param focus areas in the order of their weight
 * @param prompt text for the model
 * @param hash of the file it came from, SHA-256 in lower-case hex
 */
public record Persona(String name, String description, List<String> focus, String prompt, String hash) {
    public Persona {
        focus = List.copyOf(focus);
    }
}
