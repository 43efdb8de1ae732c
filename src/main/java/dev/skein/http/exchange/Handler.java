package dev.skein.http.exchange;

import io.vertx.core.Future;

/** What an operation does. A failure is a {@link Refusal}, a {@code Problem}, or a bug. */
@FunctionalInterface
public interface Handler {
    Future<Answer> handle(Call call);
}
