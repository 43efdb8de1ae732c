package dev.skein.pipeline;

import dev.skein.bus.Endpoint;
import dev.skein.pipeline.Workers.Caller;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the coordinator offers about the cluster's connectors. Served by the leading coordinator. */
public final class Connectors {
    /** What stands for a secret where it is shown; sent back, it keeps what is stored. */
    public static final String MASK = "***";

    /**
     * A connector that programs may name without declaring it.
     *
     * @param connectorType as {@code mqtt}
     * @param params as text, whatever they mean
     */
    public record Definition(
            String name,
            String connectorType,
            Map<String, String> params,
            @Nullable String description) {
        public Definition {
            params = Map.copyOf(params);
        }

        @Override
        public String toString() {
            return connectorType + " connector " + name; // never the parameters, some are secret
        }
    }

    public record Create(Definition connector, Caller caller) {}

    public record Update(Definition connector, Caller caller) {}

    public record Get(String name) {}

    public record ListAll(int limit, int offset) {}

    /** One page by name, and how many there are in all; secrets are masked. */
    public record Listed(List<Definition> connectors, int total) {
        public Listed {
            connectors = List.copyOf(connectors);
        }
    }

    public record Delete(String name, Caller caller) {}

    public record Deleted(boolean deleted) {}

    /** Answers with secrets masked. Fails with 400 {@code connector_validation}, 507 {@code storage_full}. */
    public static final Endpoint<Create, Definition> CREATE =
            new Endpoint<>("connector.create.v1", Create.class, Definition.class);

    /** As {@link #CREATE}; fails with 404 {@code connector_not_found} too. What runs keeps what it has. */
    public static final Endpoint<Update, Definition> UPDATE =
            new Endpoint<>("connector.update.v1", Update.class, Definition.class);

    /** Answers with secrets masked. Fails with 404 {@code connector_not_found}. */
    public static final Endpoint<Get, Definition> GET = new Endpoint<>("connector.get.v1", Get.class, Definition.class);

    public static final Endpoint<ListAll, Listed> LIST =
            new Endpoint<>("connector.list.v1", ListAll.class, Listed.class);

    /** Fails with 404 {@code connector_not_found}, 409 {@code connector_in_use} by a program of a group. */
    public static final Endpoint<Delete, Deleted> DELETE =
            new Endpoint<>("connector.delete.v1", Delete.class, Deleted.class);

    private Connectors() {}
}
