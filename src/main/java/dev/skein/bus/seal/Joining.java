package dev.skein.bus.seal;

import dev.skein.bus.Endpoint;

/** How a node shows to another one that it belongs to the cluster and is alive now. */
public final class Joining {
    /**
     * Sent to a life that was not heard before.
     *
     * @param nonce random text, never used twice
     * @param asker who wants to know, as its node address
     */
    public record Challenge(String nonce, String asker) {}

    /**
     * The answer, which like every message is sealed with the join key.
     *
     * @param counter what the answering node has sealed so far; whatever bears a lower number is old
     * @param certificates PEM text; empty where it has none
     * @param signature base64, made over nonce, node and asker with the certificate's key; empty where there is none
     */
    public record Proof(String nonce, long counter, String certificates, String signature) {}

    /** Served here by every node. */
    public static final Endpoint<Challenge, Proof> PROVE =
            new Endpoint<>("node.prove.v1", Challenge.class, Proof.class);

    private Joining() {}
}
