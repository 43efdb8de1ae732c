package dev.skein.index.query;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.query.Queries.Freshness;
import dev.skein.index.query.Queries.Part;
import dev.skein.index.query.Queries.StatusPart;
import dev.skein.index.search.Hit;
import dev.skein.index.shard.ShardLayout;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a worker may say that was asked about some shards: it may speak of these under these assignments, and of files
 * that lie in them. Whatever says more is refused as a whole.
 */
public final class Claims {
    /** Why an answer is refused. */
    public static final String FOREIGN = "foreign_answer";

    private final Set<Ref> asked;
    private final Set<String> roots;
    private final ShardLayout layout;

    private Claims(View workspace, Collection<Ref> asked) {
        this.asked = Set.copyOf(asked);
        this.roots = asked.stream().map(Ref::root).collect(Collectors.toUnmodifiableSet());
        this.layout = new ShardLayout(
                new TreeSet<>(workspace.shards().stream().map(Shard::root).toList()));
    }

    /** Of one that was asked about these shards. */
    public static Claims of(View workspace, Collection<Ref> asked) {
        return new Claims(workspace, asked);
    }

    /** Of one that may pass on what others say. */
    public static Claims ofAll(View workspace) {
        return new Claims(
                workspace,
                workspace.shards().stream()
                        .map(shard -> new Ref(workspace.id(), shard.root(), shard.epoch()))
                        .toList());
    }

    /** Notes in the audit whose answer was refused, if that is why there is none. */
    public static void note(Bus bus, NodeAddress who, Throwable cause) {
        var problem = Problem.in(cause);
        if (problem != null && problem.code().equals(FOREIGN)) {
            bus.accuse(who, "index", problem);
        }
    }

    /** The code of a shard whose owner's answer failed. */
    public static String codeOf(Throwable cause) {
        var problem = Problem.in(cause);
        if (problem == null) {
            return "unreachable";
        }
        return problem.code().equals(FOREIGN) ? "refused" : problem.kind() == Kind.TIMEOUT ? "timeout" : "unreachable";
    }

    public Part of(Part part) {
        shards(part.shards());
        paths(part.hits().stream().map(Hit::path));
        return part;
    }

    public StatusPart of(StatusPart part) {
        part.shards().forEach(each -> shards(List.of(each.freshness())));
        return part;
    }

    public CodeParts.Cards of(CodeParts.Cards answer) {
        shards(answer.shards());
        paths(answer.cards().stream().map(CodeParts.Card::path));
        return answer;
    }

    public CodeParts.Places of(CodeParts.Places answer) {
        paths(answer.places().stream().map(Code.Place::path));
        return answer;
    }

    public CodeParts.Meant of(CodeParts.Meant answer) {
        paths(answer.targets().stream().map(CodeParts.Target::path));
        return answer;
    }

    public CodeParts.Looked of(CodeParts.Looked answer) {
        shards(answer.shards());
        return answer;
    }

    private void shards(List<Freshness> told) {
        if (!told.stream().map(Freshness::shard).allMatch(asked::contains)) {
            throw foreign("a shard");
        }
    }

    private void paths(Stream<String> told) {
        var seen = new HashSet<String>();
        told.filter(seen::add).forEach(path -> {
            if (layout.root(path).filter(roots::contains).isEmpty()) {
                throw foreign("a file");
            }
        });
    }

    private static Problem foreign(String what) {
        return new Problem(
                Kind.FORBIDDEN, FOREIGN, "an answer tells of " + what + " that was not asked for", List.of());
    }
}
