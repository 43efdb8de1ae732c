package dev.skein.cli.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skein.cli.demo.Picture.Pixel;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the answer to an inject while it comes in, since a tile's answer is some megabytes of JSON.
 *
 * <p>Each object named {@code fields} is a pixel and each text named {@code message} an error, wherever they are.
 */
final class PixelReader {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int ERRORS_MAX = 3;

    private final Picture picture;
    private final List<String> errors = new ArrayList<>();

    PixelReader(Picture picture) {
        this.picture = picture;
    }

    /**
     * Reads to the end and closes.
     *
     * @return errors that the answer reports, at most three
     */
    List<String> read(InputStream answer) throws IOException {
        try (var parser = JSON.createParser(answer)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    field(parser);
                }
            }
        }
        return errors;
    }

    private void field(JsonParser parser) throws IOException {
        switch (parser.currentName()) {
            case "fields" -> {
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    picture.add(pixel(parser));
                }
            }
            case "message" -> {
                var text = parser.nextTextValue();
                if (errors.size() < ERRORS_MAX && text != null) {
                    errors.add(text);
                }
            }
            default -> {
                // the walk goes on inside
            }
        }
    }

    private static Pixel pixel(JsonParser parser) throws IOException {
        int x = -1;
        int y = -1;
        int iterations = -1;
        boolean diverged = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var token = parser.nextToken();
            switch (name) {
                case "x" -> x = number(parser);
                case "y" -> y = number(parser);
                case "iterations" -> iterations = number(parser);
                case "diverged" -> diverged = token == JsonToken.VALUE_TRUE;
                default -> parser.skipChildren();
            }
        }
        return new Pixel(x, y, iterations, diverged);
    }

    private static int number(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getIntValue() : -1;
    }
}
