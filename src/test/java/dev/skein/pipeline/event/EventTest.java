package dev.skein.pipeline.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventTest {
    private static final int RANDOM_BATCHES = 300;

    @Test
    void shapes_with_the_same_names_in_the_same_order_are_one() {
        assertThat(Shape.of("a", "b")).isSameAs(Shape.of("a", "b")).isNotSameAs(Shape.of("b", "a"));
    }

    @Test
    void a_shape_of_any_width_finds_its_slots() {
        for (int width : new int[] {0, 1, 8, 9, 100}) {
            var names = new ArrayList<String>();
            for (int i = 0; i < width; i++) {
                names.add("field" + i);
            }
            var shape = Shape.of(names);

            assertThat(names.stream().map(shape::slot))
                    .containsExactlyElementsOf(
                            java.util.stream.IntStream.range(0, width).boxed().toList());
            assertThat(shape.slot("other")).isEqualTo(-1);
        }
    }

    @Test
    void integers_within_64_bits_are_ints_and_all_other_numbers_floats() {
        var event = EventJson.parse(
                "X", 0, "{\"a\":9223372036854775807,\"b\":9223372036854775808,\"c\":1.0,\"d\":1e2,\"e\":-7}");

        assertThat(Arrays.asList(event.values()))
                .containsExactly(Long.MAX_VALUE, 9223372036854775808.0, 1.0, 100.0, -7L);
    }

    @Test
    void json_comes_back_as_it_went_in() {
        var text = "{\"a\":1,\"b\":21.0,\"c\":\"q\\\"ü\",\"d\":true,\"e\":null,\"f\":[1,{\"g\":[]}],\"h\":{\"k\":0.1}}";

        assertThat(EventJson.fieldsText(EventJson.parse("X", 0, text))).isEqualTo(text);
    }

    @Test
    void numbers_that_json_cannot_say_are_null() {
        var event = Event.builder("X")
                .with("a", Double.NaN)
                .with("b", Double.NEGATIVE_INFINITY)
                .build();

        assertThat(EventJson.fieldsText(event)).isEqualTo("{\"a\":null,\"b\":null}");
    }

    @Test
    void the_later_of_two_equal_names_wins() {
        assertThat(EventJson.parse("X", 0, "{\"a\":1,\"b\":2,\"a\":3}").toString())
                .isEqualTo("X{a:3,b:2}");
    }

    @Test
    void text_that_is_no_object_is_refused() {
        for (var text : List.of("[]", "1", "{\"a\":", "{\"a\":}", "")) {
            assertThatThrownBy(() -> EventJson.parse("X", 0, text)).isInstanceOf(Problem.class);
        }
    }

    @Test
    void random_batches_survive_packing() {
        for (long seed = 0; seed < RANDOM_BATCHES; seed++) {
            var batch = randomBatch(new Random(seed));
            var buffer = Buffer.buffer("head");
            EventPacking.pack(batch, buffer);

            assertThat(EventPacking.unpack(EventPacking.pack(batch)))
                    .as("seed %d", seed)
                    .isEqualTo(batch);
            assertThat(EventPacking.unpack(buffer, 4, buffer.length()))
                    .as("seed %d", seed)
                    .isEqualTo(batch);
        }
    }

    @Test
    void a_small_event_in_a_large_batch_costs_a_dozen_bytes() {
        var batch = new ArrayList<Event>();
        for (long i = 0; i < 512; i++) {
            batch.add(Event.builder("Pixel")
                    .timeNanos(1_700_000_000_000_000_000L)
                    .with("x", i % 100)
                    .with("y", 1000 + i)
                    .with("iterations", i % 7)
                    .with("diverged", true)
                    .build());
        }

        assertThat(EventPacking.pack(batch).length).isLessThan(512 * 12);
    }

    @Test
    void damaged_bytes_are_refused_and_never_run_away() {
        for (long seed = 0; seed < RANDOM_BATCHES; seed++) {
            var random = new Random(seed);
            var packed = EventPacking.pack(randomBatch(random));
            packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
            var cut = Arrays.copyOf(packed, random.nextInt(packed.length));

            assertThatThrownBy(() -> EventPacking.unpack(cut))
                    .as("seed %d", seed)
                    .isInstanceOf(Problem.class);
            readOrRefuse(packed);
        }
    }

    private static void readOrRefuse(byte[] packed) {
        try {
            EventPacking.unpack(packed).forEach(Event::toString);
        } catch (Problem refused) {
            assertThat(refused.kind()).isEqualTo(Problem.Kind.INVALID);
        }
    }

    private static List<Event> randomBatch(Random random) {
        var batch = new ArrayList<Event>();
        int size = random.nextInt(40) + 1;
        for (int i = 0; i < size; i++) {
            var event = Event.builder("T" + random.nextInt(4)).timeNanos(random.nextLong());
            int fields = random.nextInt(12);
            for (int f = 0; f < fields; f++) {
                event.with("f" + random.nextInt(15), randomValue(random, 0));
            }
            batch.add(event.build());
        }
        return batch;
    }

    private static Object randomValue(Random random, int depth) {
        return switch (random.nextInt(depth > 2 ? 8 : 10)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong();
            case 3 -> (long) random.nextInt(400) - 200;
            case 4 -> random.nextDouble();
            case 5 -> Double.longBitsToDouble(random.nextLong() & ~(1L << 51)); // also infinities and subnormals
            case 6 -> "text " + random.nextInt(1000);
            case 7 -> "ü€𝄞" + random.nextInt(10);
            case 8 -> Arrays.asList(randomValue(random, depth + 1), randomValue(random, depth + 1));
            default -> java.util.Collections.singletonMap("k" + depth, randomValue(random, depth + 1));
        };
    }
}
