package dev.skein.bus;

import dev.skein.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One life of one node on the bus. A node that is started again, or that leaves the cluster and joins anew, has another
 * incarnation, so nothing sent to the earlier one reaches it.
 *
 * @param node the node's id, such as {@code worker-0}
 * @param incarnation random text, one per life
 */
public record NodeAddress(String node, String incarnation) {
    private static final int INCARNATION_BYTES = 6;
    private static final int MARK_BYTES = 8;
    private static final char SEPARATOR = '/'; // in no endpoint address and no reply address

    /** The address of a life that begins now. */
    public static NodeAddress of(String node) {
        return new NodeAddress(node, Ids.hex(INCARNATION_BYTES));
    }

    /** The form that {@link #parse} reads. */
    @Override
    public String toString() {
        return node + "@" + incarnation;
    }

    /** Reads {@code node@incarnation}. */
    public static NodeAddress parse(String text) {
        int at = text.lastIndexOf('@');
        if (at <= 0) {
            throw new IllegalArgumentException("a node address looks like node@incarnation, got " + text);
        }
        return new NodeAddress(text.substring(0, at), text.substring(at + 1));
    }

    /** Tells lives apart for whoever must not learn the address: 16 hexadecimal digits. */
    public String mark() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, MARK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The bus address of an endpoint as served by this life of the node, and by nobody else. */
    String at(String endpointAddress) {
        return endpointAddress + SEPARATOR + this;
    }

    /** The node, in its text form, that alone serves this bus address; null when any node may. */
    public static @Nullable String inAddress(String busAddress) {
        int separator = busAddress.indexOf(SEPARATOR);
        return separator < 0 ? null : busAddress.substring(separator + 1);
    }
}
