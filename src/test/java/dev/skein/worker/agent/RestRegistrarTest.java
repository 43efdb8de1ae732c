package dev.skein.worker.agent;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.Workers.Capacity;
import dev.skein.pipeline.Workers.Heartbeat;
import dev.skein.pipeline.Workers.Memory;
import dev.skein.pipeline.Workers.PipelineMetrics;
import dev.skein.pipeline.Workers.Pressure;
import dev.skein.pipeline.Workers.Register;
import dev.skein.pipeline.Workers.Running;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against a coordinator that speaks section 5 of the contract. */
@ExtendWith(VertxExtension.class)
class RestRegistrarTest {
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private int status = 200;
    private String answer = "{}";
    private RestRegistrar registrar;

    @BeforeEach
    void listen(Vertx vertx) throws Exception {
        var server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    heard.add(request.path() + " key=" + request.getHeader("x-api-key"));
                    heard.add(body.toString());
                    request.response().setStatusCode(status).end(answer);
                }));
        int port = server.listen(0, "localhost").await(5, SECONDS).actualPort();
        var keys = new RestRegistrar.Keys("test", "own");
        registrar = new RestRegistrar(vertx, "http://localhost:" + port + "/", keys, Duration.ofSeconds(15));
    }

    @Test
    void a_registration_has_the_contracts_words() throws Exception {
        status = 201;
        answer = "{\"worker_id\":\"worker-0\",\"status\":\"registered\",\"heartbeat_interval_secs\":3}";

        var registered = registrar
                .register(new Register(
                        "worker-0",
                        "http://localhost:9000",
                        "test",
                        "i",
                        new Capacity(8, 1, 100),
                        List.of(new Running("id", "g", "p", 4)),
                        null,
                        null,
                        false))
                .await(5, SECONDS);

        assertThat(registrar.terms(registered).interval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(heard.get(0)).isEqualTo("/api/v1/cluster/workers/register key=test");
        assertThat(new JsonObject(heard.get(1))).isEqualTo(new JsonObject("""
                        {"worker_id":"worker-0","address":"http://localhost:9000","api_key":"test","instance_id":"i",
                         "capacity":{"cpu_cores":8,"pipelines_running":1,"max_pipelines":100},
                         "pipelines":[{"pipeline_id":"id","group_id":"g","pipeline_name":"p","epoch":4}]}"""));
    }

    @Test
    void a_heartbeat_tells_metrics_and_hears_what_to_stop() throws Exception {
        answer = "{\"acknowledged\":true,\"stop_pipelines\":[\"old\"]}";

        var ack = registrar.beat(beat()).await(5, SECONDS);

        assertThat(ack.stopPipelines()).containsExactly("old");
        assertThat(heard.get(0)).startsWith("/api/v1/cluster/workers/worker-0/heartbeat ");
        var body = new JsonObject(heard.get(1));
        assertThat(body.getLong("events_processed")).isEqualTo(9);
        assertThat(body.getJsonArray("pipeline_metrics").getJsonObject(0).getString("pressure"))
                .isEqualTo("HIGH");
    }

    @Test
    void one_that_stops_says_so_with_its_own_key() throws Exception {
        answer = "{\"handed_over\":1,\"remaining\":[]}";

        registrar.leave("worker-0", "i").await(5, SECONDS);

        assertThat(heard).containsExactly("/api/v1/cluster/workers/worker-0/leave key=own", "{\"instance_id\":\"i\"}");
    }

    @Test
    void what_a_coordinator_refuses_keeps_its_code() {
        status = 404;
        answer = "{\"error\":\"who?\",\"code\":\"worker_not_found\"}";

        assertThatThrownBy(() -> registrar.beat(beat()).await(5, SECONDS))
                .extracting(cause -> Problem.in(cause).code())
                .isEqualTo("worker_not_found");
    }

    private static Heartbeat beat() {
        var metrics = new PipelineMetrics("p", "g", 9, 8, 0, Pressure.HIGH, List.of());
        return new Heartbeat("worker-0", "i", 9, 1, List.of(metrics), List.of(), Memory.UNKNOWN, 0, null, false);
    }
}
