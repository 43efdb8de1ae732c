package dev.skein.http.api.reviews;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.skein.http.exchange.Answer;
import dev.skein.review.run.Reviews.FindingPage;
import dev.skein.review.run.Reviews.ResultPage;
import java.io.IOException;
import java.util.List;

/** A page of findings as JSON has it. They are JSON already and pass unread. */
final class FoundView {
    private FoundView() {}

    static Answer of(FindingPage page) {
        return new Answer.Written(200, items(page), json -> {
            json.writeStartObject();
            page(json, page);
            json.writeEndObject();
        });
    }

    static Answer of(ResultPage result) {
        return new Answer.Written(200, items(result.found()), json -> {
            json.writeStartObject();
            json.writeStringField("hash", result.hash());
            json.writeStringField("fingerprint", result.fingerprint());
            json.writeStringField("model", result.model());
            json.writeNumberField("reviewed", result.reviewed());
            page(json, result.found());
            json.writeEndObject();
        });
    }

    private static long items(FindingPage page) {
        return (long) page.lines().size() + page.rules().size() + page.gaps().size();
    }

    private static void page(JsonGenerator json, FindingPage page) throws IOException {
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
    }

    private static void each(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (var value : values) {
            json.writeRawValue(value);
        }
        json.writeEndArray();
    }
}
