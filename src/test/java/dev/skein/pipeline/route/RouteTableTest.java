package dev.skein.pipeline.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.pipeline.GroupSpec.RouteSpec;
import dev.skein.pipeline.Routing.Destination;
import dev.skein.pipeline.Routing.GroupTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    private static final int RULE_SETS = 4_000;
    private static final String EXTERNAL = "_external";

    @Test
    void the_first_rule_in_declared_order_takes_an_event_from_outside() {
        var table = compiled(
                route(EXTERNAL, "b", "Trade.eu*", "Quote"), route(EXTERNAL, "a", "Trade*"), route("b", "a", "*"));

        assertThat(table.external("Trade.eu.1")).isEqualTo(choice("b", true));
        assertThat(table.external("Trade")).isEqualTo(choice("a", true));
        assertThat(table.external("Quote")).isEqualTo(choice("b", true));
        assertThat(table.external("quote")).isEqualTo(choice("a", false));
    }

    @Test
    void without_a_match_the_first_pipeline_takes_it_unmatched() {
        assertThat(compiled(route("a", "b", "*")).external("X")).isEqualTo(choice("a", false));
    }

    @Test
    void a_star_elsewhere_than_at_the_end_is_an_ordinary_character() {
        var table = compiled(route(EXTERNAL, "b", "A*B"), route(EXTERNAL, "c", "**"));

        assertThat(table.external("AxB").matched()).isFalse();
        assertThat(table.external("A*B")).isEqualTo(choice("b", true));
        assertThat(table.external("*x")).isEqualTo(choice("c", true));
    }

    @Test
    void an_output_goes_once_to_each_pipeline_with_a_matching_rule() {
        var table = compiled(route("a", "c", "X", "X*"), route("a", "b", "*"), route("a", "c", "*"));

        assertThat(table.next("a", "X")).extracting(Destination::pipeline).containsExactly("b", "c");
        assertThat(table.next("b", "X")).isEmpty();
        assertThat(table.forwards("a")).isTrue();
        assertThat(table.forwards("b")).isFalse();
    }

    @Test
    void a_placement_is_named_after_its_pipeline() {
        assertThat(RouteTable.pipelineOf("p#12")).isEqualTo("p");
        assertThat(RouteTable.pipelineOf("p")).isEqualTo("p");
    }

    @Test
    void a_compiled_table_agrees_with_a_scan_of_the_rules() {
        for (long seed = 0; seed < RULE_SETS; seed++) {
            var random = new Random(seed);
            var routes = routes(random);
            var table = compiled(routes.toArray(RouteSpec[]::new));
            for (int i = 0; i < 20; i++) {
                var type = word(random);
                var where = "seed " + seed + ", type " + type + ", " + routes;
                assertThat(table.external(type)).as(where).isEqualTo(firstMatch(routes, type));
                assertThat(table.next("a", type))
                        .as(where)
                        .extracting(Destination::pipeline)
                        .isEqualTo(allMatches(routes, type));
            }
        }
    }

    private static List<RouteSpec> routes(Random random) {
        var routes = new ArrayList<RouteSpec>();
        for (int i = random.nextInt(12); i >= 0; i--) {
            var from = random.nextBoolean() ? EXTERNAL : "a";
            var patterns = IntStream.rangeClosed(0, random.nextInt(4))
                    .mapToObj(n -> word(random) + (random.nextBoolean() ? "*" : ""))
                    .toArray(String[]::new);
            routes.add(route(from, List.of("a", "b", "c").get(random.nextInt(3)), patterns));
        }
        return routes;
    }

    /** Few letters and short, so that prefixes of prefixes are common; a star is one of the letters. */
    private static String word(Random random) {
        return random.ints(random.nextInt(6), 0, 4)
                .collect(StringBuilder::new, (text, c) -> text.append("abA*".charAt(c)), StringBuilder::append)
                .toString();
    }

    private static RouteTable.Choice firstMatch(List<RouteSpec> routes, String type) {
        return routes.stream()
                .filter(route -> route.fromPipeline().equals(EXTERNAL) && matches(route, type))
                .findFirst()
                .map(route -> choice(route.toPipeline(), true))
                .orElse(choice("a", false));
    }

    private static List<String> allMatches(List<RouteSpec> routes, String type) {
        return routes.stream()
                .filter(route -> route.fromPipeline().equals("a") && matches(route, type))
                .map(RouteSpec::toPipeline)
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean matches(RouteSpec route, String type) {
        return route.eventTypes().stream()
                .anyMatch(pattern -> pattern.endsWith("*")
                        ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                        : type.equals(pattern));
    }

    private static RouteTable compiled(RouteSpec... routes) {
        return RouteTable.compile(new GroupTable("g", "group", List.of(routes), List.of(to("a"), to("b"), to("c"))));
    }

    private static RouteSpec route(String from, String to, String... patterns) {
        return new RouteSpec(from, to, List.of(patterns), null);
    }

    private static Destination to(String pipeline) {
        return new Destination(pipeline, null, List.of());
    }

    private static RouteTable.Choice choice(String pipeline, boolean matched) {
        return new RouteTable.Choice(to(pipeline), matched);
    }
}
