package dev.skein.job.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;

/** Carries single messages to one server and back. Used and answering on one Vert.x context only. */
public interface McpTransport {
    /** Who gets what arrives. */
    interface Listener {
        void received(JsonNode message);

        /** The connection is gone for good: nothing more arrives and nothing can be sent. At most once. */
        void closed(Problem why);
    }

    /** Makes the connection, which may mean to start a process. */
    Future<Void> open(Listener listener);

    /**
     * Sends one message.
     *
     * @return fails when the message was not taken or, for a request, when its answer can no longer arrive (with
     *     {@link McpFailure#SESSION_LOST} when the server took nothing because it wants another handshake)
     */
    Future<Void> send(ObjectNode message);

    /** Both sides speak this version from now on. */
    default void agreed(String version) {}

    /**
     * Nobody waits for the answer to this request any more.
     *
     * @return whether its answer may still arrive
     */
    default boolean abandon(long id) {
        return true;
    }

    /** Forgets the session, so that the next message is a first one. */
    default void forgetSession() {}

    /** Ends the connection in good order and within bounds; everything it started has ended then. */
    Future<Void> close();
}
