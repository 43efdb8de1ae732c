package dev.skein.coordinator.ledger;

import dev.skein.coordinator.state.ClusterState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a step made of the state, what to tell its caller once that is committed, and what to note about it. */
public record Stepped<T extends @Nullable Object>(ClusterState state, T result, List<Audit> audits) {
    @SuppressWarnings("NullAway") // a Void is null by nature
    public static Stepped<@Nullable Void> to(ClusterState state) {
        return new Stepped<>(state, null, List.of());
    }

    public static <T extends @Nullable Object> Stepped<T> to(ClusterState state, T result) {
        return new Stepped<>(state, result, List.of());
    }

    public Stepped<T> noting(Audit audit) {
        return new Stepped<>(state, result, List.of(audit));
    }
}
