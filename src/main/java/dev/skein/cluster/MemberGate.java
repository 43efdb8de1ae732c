package dev.skein.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.cluster.impl.JoinMessage;
import com.hazelcast.internal.cluster.impl.JoinRequest;
import dev.skein.audit.Audit;
import dev.skein.audit.Deed;
import dev.skein.bus.NodeAddress;
import dev.skein.bus.seal.JoinKeys;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps strangers out of the member list. The community edition asks a joining member for nothing but the cluster's
 * name; this makes the oldest member ask for a node's name and a pass made with the join key. It rests on inner classes
 * of the one Hazelcast version that is pinned. Thread-safe.
 */
final class MemberGate extends DefaultNodeContext {
    private static final Pattern REFUSED = Pattern.compile("Invalid join request from (\\S+), cause: (.*)");

    private static final int BELIEVED_MAX = 10_000;

    private final JoinKeys keys;
    private final Audit audit;
    private final Set<UUID> believed = ConcurrentHashMap.newKeySet();

    MemberGate(JoinKeys keys, Audit audit) {
        this.keys = keys;
        this.audit = audit;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
        return new Extension(node);
    }

    private final class Extension extends DefaultNodeExtension {
        Extension(Node node) {
            super(node);
        }

        @Override
        public void validateJoinRequest(JoinMessage message) {
            if (message instanceof JoinRequest request) {
                require(request.getAttributes(), String.valueOf(message.getAddress()));
            }
            super.validateJoinRequest(message);
        }
    }

    private void require(Map<String, String> attributes, String address) {
        var fault = fault(
                attributes.get(HazelcastSettings.NODE_ATTRIBUTE), attributes.get(HazelcastSettings.PASS_ATTRIBUTE));
        if (fault != null) {
            refused(attributes.get(HazelcastSettings.NODE_ATTRIBUTE), address, fault);
            throw new SecurityException("this cluster admits nobody without its join key");
        }
    }

    /** Whether a member that is in the list belongs there; one that does not is noted. */
    boolean isKnown(Member member) {
        if (believed.contains(member.getUuid())) {
            return true; // what it showed when it joined stays, also when that key is taken out later
        }
        boolean isKnown = fault(member) == null;
        if (isKnown && believed.size() < BELIEVED_MAX) {
            believed.add(member.getUuid());
        }
        return isKnown;
    }

    void noteStranger(Member member) {
        var fault = fault(member);
        if (fault != null) {
            refused(
                    member.getAttribute(HazelcastSettings.NODE_ATTRIBUTE),
                    member.getAddress().toString(),
                    fault);
        }
    }

    private @Nullable String fault(Member member) {
        return fault(
                member.getAttribute(HazelcastSettings.NODE_ATTRIBUTE),
                member.getAttribute(HazelcastSettings.PASS_ATTRIBUTE));
    }

    private @Nullable String fault(@Nullable String node, @Nullable String pass) {
        if (node == null || !isNode(node)) {
            return "a member that is no node of this product";
        }
        return keys.isPass(node, pass) ? null : "wrong join key";
    }

    private static boolean isNode(String text) {
        try {
            return !NodeAddress.parse(text).node().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What Hazelcast itself refuses, such as other partitions, never comes to the question for the pass. */
    void listen(HazelcastInstance member) {
        member.getLoggingService().addLogListener(Level.WARNING, event -> {
            var match = REFUSED.matcher(String.valueOf(event.getLogRecord().getMessage()));
            if (match.find()) {
                refused(null, match.group(1), match.group(2));
            }
        });
    }

    private void refused(@Nullable String node, String address, String why) {
        audit.note(Deed.refused("member.refused", node == null ? "" : node, "cluster", why)
                .from(address));
    }
}
