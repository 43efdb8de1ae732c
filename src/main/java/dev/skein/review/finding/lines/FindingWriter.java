package dev.skein.review.finding.lines;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.skein.review.Finding;
import dev.skein.review.Finding.Suppression;
import dev.skein.review.Region;
import dev.skein.review.Rule;
import dev.skein.review.finding.Rejection;
import dev.skein.review.finding.WellFormed;
import dev.skein.review.finding.baseline.Compared;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Findings, rejections and rules as JSON, one a line, keys always in the same order. Not thread-safe. */
public final class FindingWriter implements AutoCloseable {
    private final OutputStream to;
    private final JsonGenerator json;
    private boolean isEmpty = true;

    /** @param to is not closed, so that more may follow */
    public FindingWriter(OutputStream to) throws IOException {
        this.to = to;
        json = Fields.FACTORY.createGenerator(to).disable(StreamWriteFeature.AUTO_CLOSE_TARGET.mappedFeature());
        json.setRootValueSeparator(new SerializedString("\n"));
    }

    public void write(Finding finding) throws IOException {
        write(Compared.alone(finding));
    }

    public void write(Compared compared) throws IOException {
        var finding = compared.finding();
        begin();
        place(finding.path(), finding.region());
        text("quote", finding.quote());
        text("rule", finding.rule());
        text("severity", finding.severity().word());
        json.writeNumberField("confidence", finding.confidence());
        text("message", finding.message());
        optional("suggestion", finding.suggestion());
        optional("replacement", finding.replacement());
        text("engine", finding.engine());
        text("model", finding.model());
        text("task", finding.task());
        text("fingerprint", finding.fingerprint());
        text("line_hash", finding.lineHash());
        suppression(finding.suppression());
        optional("baseline", compared.state() == null ? null : compared.state().word());
        json.writeEndObject();
    }

    public void write(Rejection rejection) throws IOException {
        var proposal = rejection.proposal();
        begin();
        text("rejected", rejection.reason().word());
        text("detail", rejection.detail());
        place(proposal.path(), proposal.region());
        text("quote", proposal.quote());
        text("rule", proposal.rule());
        text("severity", proposal.severity().word());
        json.writeNumberField("confidence", proposal.confidence());
        text("message", proposal.message());
        optional("suggestion", proposal.suggestion());
        text("engine", rejection.engine());
        text("task", rejection.task());
        json.writeEndObject();
    }

    /** A file that was not to be reviewed; readers of findings pass it over. */
    public void skipped(String path, String reason) throws IOException {
        begin();
        text("skipped", reason);
        text("path", path);
        json.writeEndObject();
    }

    public void write(Rule rule) throws IOException {
        begin();
        text("id", rule.id());
        text("summary", rule.summary());
        text("help", rule.help());
        text("link", rule.link());
        text("severity", rule.severity().word());
        json.writeArrayFieldStart("tags");
        for (var tag : rule.tags()) {
            json.writeString(WellFormed.of(tag));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void begin() throws IOException {
        isEmpty = false;
        json.writeStartObject();
    }

    private void place(String path, Region region) throws IOException {
        text("path", path);
        json.writeNumberField("start_line", region.startLine());
        json.writeNumberField("start_column", region.startColumn());
        json.writeNumberField("end_line", region.endLine());
        json.writeNumberField("end_column", region.endColumn());
    }

    private void suppression(@Nullable Suppression suppression) throws IOException {
        if (suppression != null) {
            json.writeObjectFieldStart("suppression");
            text("where", suppression.where());
            text("reason", suppression.reason());
            json.writeEndObject();
        }
    }

    private void optional(String key, @Nullable String value) throws IOException {
        if (value != null) {
            text(key, value);
        }
    }

    private void text(String key, String value) throws IOException {
        json.writeStringField(key, WellFormed.of(value));
    }

    /** Ends the last line; the stream stays open. */
    @Override
    public void close() throws IOException {
        if (json.isClosed()) {
            return;
        }
        json.close();
        if (!isEmpty) {
            to.write('\n');
        }
        to.flush();
    }
}
