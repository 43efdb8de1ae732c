package dev.skein.heavy.compute;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.job.exec.Outcomes;
import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobHandler;
import dev.skein.job.run.JobResult;
import dev.skein.job.run.JobSurroundings;
import dev.skein.job.run.PayloadFault;
import dev.skein.kernel.ByteSize;
import dev.skein.kernel.Problem;
import dev.skein.process.Ended;
import dev.skein.process.Processes;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls a function on the class path of jobs in a Java machine under the job's cap. */
public final class ComputeHandler implements JobHandler {
    /** Cap of the machines that wait before anything was asked for: what a job gets that does not say. */
    private static final String WARM = "512MiB";

    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private @Nullable Machines machines; // set once by open

    /**
     * What is to be called.
     *
     * @param name {@code package.Class}, a {@code Function<String, String>}, or {@code package.Class::method}
     * @param input given as JSON text; a text as it is
     * @param flags of the Java machine, besides those that the cap demands
     */
    private record Payload(
            @JsonProperty("class") @Nullable String name,
            @Nullable JsonNode input,
            @JsonProperty("jvm_options") @Nullable List<String> flags) {}

    @Override
    public String type() {
        return "heavy-compute";
    }

    @Override
    public void open(JobSurroundings around) {
        try {
            Processes.check();
            var made = new Machines(around.processes(), Machines.setup(around.settings(), around.directory()));
            machines = made;
            made.fill(ByteSize.parse(around.settings().getOrDefault("warm-memory", WARM)));
        } catch (IOException lacking) {
            throw new UncheckedIOException(String.valueOf(lacking.getMessage()), lacking);
        }
    }

    @Override
    public Future<JobResult> run(JobCall call) {
        var payload = payload(call.payload());
        var input = payload.input == null ? "" : text(payload.input);
        var flags = payload.flags == null ? List.<String>of() : payload.flags;
        Machine machine;
        try {
            machine = Objects.requireNonNull(machines).take(call.capBytes(), flags);
        } catch (IOException failed) {
            return Future.succeededFuture(
                    JobResult.failed("not_started", "no machine could be started: " + failed.getMessage(), true));
        } catch (Problem refused) {
            return Future.succeededFuture(JobResult.failed(refused.code(), refused.sentence(), false));
        }
        call.stopped().onSuccess(reason -> machine.stop(GRACE));
        call.uses(machine::residentBytes);
        try {
            machine.ask(Objects.requireNonNull(payload.name), input, call.log());
        } catch (IOException gone) {
            machine.kill(); // its end says why
        }
        return Future.fromCompletionStage(machine.ended().thenApply(ended -> result(machine, ended)));
    }

    private static Payload payload(String json) {
        try {
            var payload = JSON.readValue(json, Payload.class);
            if (payload == null || payload.name == null || payload.name.isBlank()) {
                throw Problem.invalid("heavy-compute needs class, the name of a function on the class path of jobs");
            }
            if (payload.flags != null && payload.flags.stream().anyMatch(Objects::isNull)) {
                throw Problem.invalid("jvm_options must be a list of texts");
            }
            return payload;
        } catch (JsonProcessingException wrong) {
            throw PayloadFault.of("heavy-compute", wrong);
        }
    }

    private static String text(JsonNode input) {
        return input.isTextual() ? input.textValue() : input.toString();
    }

    private static JobResult result(Machine machine, Ended ended) {
        var outcome = Outcomes.of(ended);
        var answer = machine.answer();
        if (!outcome.isSuccess() || answer == null) {
            return outcome.isSuccess()
                    ? JobResult.failed("no_answer", "the machine ended without an answer", true)
                    : JobResult.of(outcome);
        }
        return switch (answer.what()) {
            case ComputeMain.DONE -> new JobResult(outcome, json(answer.text()));
            case ComputeMain.TOO_LARGE -> JobResult.failed("result_too_large", answer.text(), false);
            case ComputeMain.IMPOSSIBLE -> JobResult.failed("function_not_found", answer.text(), false);
            default -> JobResult.failed("function_failed", answer.text(), true);
        };
    }

    /** Text that is JSON as it is, any other as a JSON text. */
    private static String json(String text) {
        try {
            JSON.readTree(text);
            return text.isBlank() ? JSON.writeValueAsString(text) : text;
        } catch (JsonProcessingException plain) {
            return JSON.valueToTree(text).toString();
        }
    }

    @Override
    public void close() {
        if (machines != null) {
            machines.close();
        }
    }
}
