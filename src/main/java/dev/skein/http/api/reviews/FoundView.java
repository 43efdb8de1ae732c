package dev.skein.http.api.reviews;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skein.http.exchange.Answer;
import dev.skein.review.run.Reviews.FindingPage;
import java.io.IOException;
import java.util.List;

/** A page of findings as JSON has it. They are JSON already and pass unread. */
final class FoundView {
    private FoundView() {}

    static Answer of(FindingPage page) {
        long items =
                (long) page.lines().size() + page.rules().size() + page.gaps().size();
        return new Answer.Written(200, items, json -> {
            json.writeStartObject();
            each(json, "findings", page.lines());
            each(json, "rules", page.rules());
            each(json, "gaps", page.gaps());
            json.writeObjectFieldStart("proposals");
            json.writeNumberField("proposed", page.proposals().proposed());
            json.writeNumberField("quote_missing", page.proposals().quoteMissing());
            json.writeNumberField("ambiguous", page.proposals().ambiguous());
            json.writeNumberField("outside", page.proposals().outside());
            json.writeNumberField("schema", page.proposals().schema());
            json.writeEndObject();
            if (page.next() != null) {
                json.writeStringField("next", page.next());
            }
            json.writeEndObject();
        });
    }

    private static void each(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (var value : values) {
            json.writeRawValue(value);
        }
        json.writeEndArray();
    }
}
