package dev.skein.review.engine.model.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.review.engine.model.Model.Question;
import dev.skein.review.engine.model.Model.Reply;
import java.util.List;

/** How a kind of server is spoken to. Thread-safe. */
interface Dialect {
    /** Path of questions. */
    String path();

    byte[] body(Question question);

    /** What reads one answer. */
    Reading reading(Question question);

    /** Path under which the models are listed. */
    String listPath();

    List<String> models(JsonNode list);

    /** Collects an answer line by line; both throw problems. For one thread at a time. */
    interface Reading {
        void line(String line);

        /** The answer, when nothing more comes. */
        Reply end();
    }
}
