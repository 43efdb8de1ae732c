package dev.skein.bus.seal;

import dev.skein.audit.Audit;
import dev.skein.audit.Deed;
import dev.skein.bus.NodeAddress;
import dev.skein.bus.seal.Joining.Challenge;
import dev.skein.bus.seal.Joining.Proof;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets messages in: those of this node, and those of lives that have answered a challenge, each once. Thread-safe.
 *
 * <p>A life that is heard for the first time is challenged, and its question is refused with {@link #NOT_YET}, which
 * the asking bus takes as a request to ask again. So nothing recorded before the challenge can be played back after it.
 */
public final class Doorkeeper {
    /** The code of a refusal after which the same question is asked once more. */
    public static final String NOT_YET = "not_admitted_yet";

    private static final int LIVES_MAX = 65_536;
    private static final int CHALLENGES_MAX = 128; // at once
    private static final int NONCE_BYTES = 16;

    private final NodeAddress here;
    private final Credentials credentials;
    private final Audit audit;
    private final BiFunction<NodeAddress, Challenge, Future<Proof>> asker;
    private final Map<NodeAddress, Life> lives = new ConcurrentHashMap<>();
    private final Map<NodeAddress, Future<Void>> challenged = new ConcurrentHashMap<>();

    /** One life that was let in, with what it has said so far to each address. */
    private record Life(long floor, Map<String, Window> windows) {
        boolean isNew(String address, long number) {
            return windows.computeIfAbsent(address, first -> new Window(floor)).isNew(number);
        }
    }

    /** @param asker puts a challenge to a life; fails when it does not answer in time */
    public Doorkeeper(
            NodeAddress here,
            Credentials credentials,
            Audit audit,
            BiFunction<NodeAddress, Challenge, Future<Proof>> asker) {
        this.here = here;
        this.credentials = credentials;
        this.audit = audit;
        this.asker = asker;
    }

    /**
     * The body of a question.
     *
     * @param address where it arrived
     * @return fails with {@link Kind#UNAUTHORIZED} when it is not believed and with {@link #NOT_YET} when it must be
     *     asked again
     */
    public <T extends Record> Future<T> question(String address, @Nullable Object message, Class<T> type) {
        return believed(address, message, type).compose(body -> {
            var origin = message instanceof Envelope envelope ? envelope.origin() : null;
            if (origin == null || credentials.keys().isEmpty()) {
                return Future.succeededFuture(body);
            }
            var life = lives.get(origin.sender());
            if (life == null) {
                return challenge(origin.sender())
                        .compose(admitted -> Future.failedFuture(
                                Problem.busy(NOT_YET, origin.sender() + " is known now and may ask again")));
            }
            return life.isNew(address, origin.counter())
                    ? Future.succeededFuture(body)
                    : refused(origin.sender().toString(), address, "a copy of an earlier message");
        });
    }

    /** The body of a reply or an announcement, of which only the seal is checked. */
    public <T extends Record> Future<T> believed(String address, @Nullable Object message, Class<T> type) {
        if (!(message instanceof Envelope envelope)) {
            return refused("unknown", address, "not a message of this product");
        }
        var origin = envelope.origin();
        if (origin != null) {
            var fault = origin.fault() != null ? origin.fault() : misled(envelope, address);
            if (fault != null) {
                return refused(origin.sender().toString(), address, fault);
            }
        }
        return type.isInstance(envelope.body())
                ? Future.succeededFuture(type.cast(envelope.body()))
                : refused(origin == null ? "" : origin.sender().toString(), address, "a message of another type");
    }

    private static @Nullable String misled(Envelope envelope, String address) {
        return envelope.address().equals(address) ? null : "meant for another address";
    }

    /** Answers a challenge of another node. */
    public Proof answer(Challenge challenge, long counter) {
        return credentials.prove(challenge, here, counter);
    }

    private Future<Void> challenge(NodeAddress sender) {
        var running = challenged.get(sender);
        if (running != null) {
            return running;
        }
        if (challenged.size() >= CHALLENGES_MAX) {
            return Future.failedFuture(Problem.busy("too_many_strangers", "others are being asked who they are"));
        }
        var challenge = new Challenge(Ids.hex(NONCE_BYTES), here.toString());
        var outcome = asker.apply(sender, challenge).<Void>compose(proof -> judge(sender, challenge, proof));
        challenged.put(sender, outcome);
        return outcome.onComplete(done -> challenged.remove(sender));
    }

    private Future<Void> judge(NodeAddress sender, Challenge challenge, Proof proof) {
        var fault = credentials.fault(challenge, proof, sender);
        if (fault != null) {
            return refused(sender.toString(), "join", fault);
        }
        if (lives.size() >= LIVES_MAX) {
            lives.clear(); // all are challenged again
        }
        lives.put(sender, new Life(proof.counter(), new ConcurrentHashMap<>()));
        audit.note(new Deed(sender.toString(), "node", "join.admitted", here.toString(), "ok", "", "", ""));
        return Future.succeededFuture();
    }

    /** Forgets a life that has ended. */
    public void forget(NodeAddress life) {
        lives.remove(life);
    }

    /** Notes that somebody who was let in went beyond what is its own. */
    public void accuse(NodeAddress who, String target, String why) {
        audit.note(Deed.refused("index.refused", who.toString(), target, why));
    }

    private <T> Future<T> refused(String who, String address, String why) {
        audit.note(Deed.refused("bus.refused", who, address, why));
        return Future.failedFuture(new Problem(Kind.UNAUTHORIZED, "refused by " + here + ": " + why));
    }
}
