package dev.skein.heavy.compute;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.job.Job.Progress;
import dev.skein.job.Outcome;
import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobLog;
import dev.skein.job.run.JobResult;
import dev.skein.job.run.JobSurroundings;
import dev.skein.kernel.SteadyClock;
import dev.skein.process.Processes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions in machines of their own. */
class ComputeHandlerTest {
    private static final long SOON_SECONDS = 90;
    private static final long CAP = 640L << 20;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Processes processes = new Processes();
    private final ComputeHandler handler = new ComputeHandler();

    /** Functions of a job's class path. */
    public static final class Sample implements Function<String, String> {
        @Override
        public String apply(String input) {
            System.out.println("working on " + input);
            return "{\"got\":" + input + ",\"max\":" + (Runtime.getRuntime().maxMemory() >> 20) + "}";
        }

        public static String fail(String input) {
            throw new IllegalStateException("no " + input);
        }

        public static int exhaust(String input) {
            var all = new ArrayList<byte[]>();
            while (all.size() < Integer.MAX_VALUE) {
                all.add(new byte[1 << 20]);
            }
            return all.size();
        }

        public static String exhaustDirect(String input) {
            var all = new ArrayList<ByteBuffer>();
            while (all.size() < Integer.MAX_VALUE) {
                all.add(ByteBuffer.allocateDirect(1 << 20));
            }
            return "" + all.size();
        }

        public static String large(String input) {
            return "x".repeat(30 << 20);
        }

        public static String multiply(String input) {
            var never = new java.util.concurrent.CountDownLatch(1);
            while (never.getCount() > 0) {
                new Thread(() -> {
                            try {
                                never.await();
                            } catch (InterruptedException ended) {
                                Thread.currentThread().interrupt();
                            }
                        })
                        .start();
            }
            return "";
        }

        public static String hang(String input) throws InterruptedException {
            System.out.println("hanging");
            new java.util.concurrent.CountDownLatch(1).await();
            return "";
        }
    }

    private static final class Call implements JobCall {
        final StringBuffer log = new StringBuffer();
        final Promise<String> stopped = Promise.promise();
        final Promise<String> wrote = Promise.promise();
        private final String payload;
        private final long cap;

        Call(String payload, long cap) {
            this.payload = payload;
            this.cap = cap;
        }

        @Override
        public String jobId() {
            return "j";
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public String payload() {
            return payload;
        }

        @Override
        public long capBytes() {
            return cap;
        }

        @Override
        public Path workingDirectory() {
            throw new IllegalStateException("not asked for");
        }

        @Override
        public @Nullable Instant deadline() {
            return null;
        }

        @Override
        public @Nullable Progress before() {
            return null;
        }

        @Override
        public JobLog log() {
            return new JobLog() {
                @Override
                public void write(Stream stream, byte[] bytes, int from, int length) {
                    log.append(new String(bytes, from, length, StandardCharsets.UTF_8));
                    wrote.tryComplete("");
                }

                @Override
                public void line(String text) {
                    log.append(text);
                }
            };
        }

        @Override
        public void progress(Progress progress) {}

        @Override
        public Future<String> stopped() {
            return stopped.future();
        }
    }

    @BeforeEach
    void open() {
        var settings = Map.of("warm", "1", "idle", "60000", "class-path", System.getProperty("java.class.path"));
        handler.open(new JobSurroundings(vertx, settings, folder.resolve("machines"), SteadyClock.system(), processes));
    }

    @AfterEach
    void close() throws Exception {
        handler.close();
        processes.close();
        vertx.close().await(SOON_SECONDS, SECONDS);
    }

    @Test
    void a_function_is_called_in_a_machine_whose_heap_fits_the_cap() throws Exception {
        for (int i = 0; i < 3; i++) { // the second one waited
            var call = new Call(payload("", "\"input\":{\"x\":1}"), CAP);

            var result = run(call);

            assertThat(result.outcome().kind()).as(result + call.log.toString()).isEqualTo(Outcome.Kind.SUCCEEDED);
            assertThat(result.value()).startsWith("{\"got\":{\"x\":1},\"max\":12");
            assertThat(call.log.toString()).contains("working on {\"x\":1}");
            try (var left = Files.list(folder.resolve("machines"))) {
                assertThat(left).as("nothing crashed").isEmpty();
            }
            Files.delete(folder.resolve("machines")); // somebody tidies up
        }
    }

    @Test
    void what_a_function_throws_is_how_it_failed() throws Exception {
        var result = run(new Call(payload("::fail", "\"input\":\"way\""), CAP));

        assertThat(result.outcome().kind()).isEqualTo(Outcome.Kind.FAILED);
        assertThat(result.outcome().message()).isEqualTo("IllegalStateException: no way");
    }

    @Test
    void a_function_that_is_not_there_is_told_so_and_not_tried_again() throws Exception {
        var classless = run(new Call("{\"class\":\"no.Such\"}", CAP)).outcome();
        var methodless = run(new Call(payload("::nothing", "\"input\":1"), CAP)).outcome();

        assertThat(classless)
                .isEqualTo(
                        Outcome.failed("function_not_found", "the class no.Such is not on the job class path", false));
        assertThat(methodless.code()).isEqualTo("function_not_found");
        assertThat(methodless.message()).endsWith("has no public static method nothing that takes one String");
        assertThat(methodless.retryable()).isFalse();
    }

    @Test
    void a_result_that_is_too_large_is_told_so_and_not_tried_again() throws Exception {
        var outcome = run(new Call(payload("::large", "\"input\":1"), CAP)).outcome();

        assertThat(outcome.code()).as(outcome.toString()).isEqualTo("result_too_large");
        assertThat(outcome.message()).isEqualTo("the result has 31457280 characters, at most 1048576 are taken");
        assertThat(outcome.retryable()).isFalse();
    }

    @Test
    void threads_without_end_hit_the_limit_of_threads() throws Exception {
        var outcome = run(new Call(payload("::multiply", "\"input\":1"), CAP)).outcome();

        assertThat(outcome.kind()).as(outcome.toString()).isEqualTo(Outcome.Kind.LIMIT_HIT);
        assertThat(outcome.code()).isEqualTo("threads_limit");
    }

    @Test
    void an_exhausted_heap_is_out_of_memory() throws Exception {
        for (var method : List.of("::exhaust", "::exhaustDirect")) {
            var outcome = run(new Call(payload(method, "\"input\":1"), CAP)).outcome();

            assertThat(outcome.kind()).as(outcome.toString()).isEqualTo(Outcome.Kind.OOM_KILLED);
            assertThat(outcome.details()).isNotNull();
            assertThat(outcome.details().evidence()).isEqualTo("java-heap");
        }
    }

    @Test
    void a_cap_that_cannot_hold_a_machine_is_refused_before_one_starts() throws Exception {
        var outcome = run(new Call(payload("", "\"input\":1"), 100 << 20)).outcome();

        assertThat(outcome.code()).isEqualTo("cap_too_small");
        assertThat(outcome.retryable()).isFalse();
    }

    @Test
    void a_machine_is_stopped_with_its_job() throws Exception {
        var call = new Call(payload("::hang", "\"input\":1"), CAP);
        var result = handler.run(call);
        call.wrote.future().await(SOON_SECONDS, SECONDS);

        call.stopped.complete("cancelled");

        assertThat(result.await(SOON_SECONDS, SECONDS).outcome().isSuccess()).isFalse();
    }

    private JobResult run(Call call) throws Exception {
        return handler.run(call).await(SOON_SECONDS, SECONDS);
    }

    private static String payload(String method, String more) {
        return "{\"class\":\"%s%s\",%s}".formatted(Sample.class.getName(), method, more);
    }
}
