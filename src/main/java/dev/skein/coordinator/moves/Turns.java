package dev.skein.coordinator.moves;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** So much at once under one name, the rest in line. Confined to the coordinator's event loop. */
final class Turns {
    private final int atOnce;
    private final Map<String, Line> lines = new HashMap<>();

    Turns(int atOnce) {
        this.atOnce = atOnce;
    }

    /** Begins when it is its turn. */
    <T> Future<T> take(String name, Supplier<Future<T>> work) {
        var line = lines.computeIfAbsent(name, unseen -> new Line());
        Promise<T> done = Promise.promise();
        line.waiting.add(() -> begin(name, line, work, done));
        advance(name, line);
        return done.future();
    }

    private <T> void begin(String name, Line line, Supplier<Future<T>> work, Promise<T> done) {
        work.get().onComplete(outcome -> {
            line.busy--;
            done.handle(outcome);
            advance(name, line);
        });
    }

    private void advance(String name, Line line) {
        while (line.busy < atOnce && !line.waiting.isEmpty()) {
            line.busy++;
            line.waiting.remove().run();
        }
        if (line.busy == 0) {
            lines.remove(name, line);
        }
    }

    private static final class Line {
        private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
        private int busy;
    }
}
