package dev.skein.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.contract.Contract;
import dev.skein.http.contract.Faults;
import dev.skein.http.exchange.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is checked by hand for speed is refused exactly as the contract's schema would, and for the same faults. */
class InjectChecksTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "1",
                "\"x\"",
                "{\"event_type\":null}",
                "{\"event_type\":\"A\"}",
                "{\"event_type\":\"\"}",
                "{\"event_type\":1}",
                "{\"event_type\":[]}",
                "{\"event_type\":{\"a\":[1,{}]}}",
                "{\"event_type\":true}",
                "{\"event_type\":\"A\",\"fields\":null}",
                "{\"event_type\":\"A\",\"fields\":{}}",
                "{\"event_type\":\"A\",\"fields\":[]}",
                "{\"event_type\":\"A\",\"fields\":\"x\"}",
                "{\"event_type\":\"A\",\"fields\":1.5}",
                "{\"fields\":false}",
                "{\"event_type\":\"A\",\"wait\":true}",
                "{\"event_type\":\"A\",\"wait\":\"yes\"}",
                "{\"event_type\":\"A\",\"wait\":null}",
                "{\"event_type\":\"A\",\"wait\":[{}]}",
                "{\"event_type\":\"A\",\"outputs\":\"all\"}",
                "{\"event_type\":\"A\",\"outputs\":\"count\"}",
                "{\"event_type\":\"A\",\"outputs\":\"none\"}",
                "{\"event_type\":\"A\",\"outputs\":7}",
                "{\"event_type\":\"A\",\"timestamp\":7}",
                "{\"event_type\":\"A\",\"timestamp\":\"2026-01-15T10:00:00Z\"}",
                "{\"event_type\":\"A\",\"other\":{\"x\":[]}}",
                "{\"event_type\":7,\"fields\":7,\"timestamp\":7,\"wait\":7,\"outputs\":7}"
            })
    void hand_and_contract_agree(String body) {
        assertThat(byHand(body)).containsExactlyInAnyOrderElementsOf(byContract(body));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 5000})
    void hand_and_contract_agree_on_length(int length) {
        hand_and_contract_agree("{\"event_type\":\"" + "x".repeat(length) + "\"}");
    }

    private static List<String> byHand(String body) {
        try {
            Bodies.single(Buffer.buffer(body), 0);
            return List.of();
        } catch (Refusal refusal) {
            return refusal.extras().details();
        }
    }

    private static List<String> byContract(String body) {
        var inject = Contract.load().operations().stream()
                .filter(operation -> operation.id().equals("inject"))
                .findFirst()
                .orElseThrow();
        var faults = new Faults();
        inject.body().check(Json.parse(Buffer.buffer(body)), "", faults);
        return faults.all();
    }
}
