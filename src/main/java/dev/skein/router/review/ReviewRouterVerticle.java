package dev.skein.router.review;

import dev.skein.bus.Bus;
import dev.skein.cluster.Membership;
import dev.skein.kernel.Problem;
import dev.skein.review.engine.Engines;
import dev.skein.review.engine.ReviewEnginesConfig;
import dev.skein.review.persona.Personas;
import dev.skein.review.run.ReviewDetails;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.ReviewParts.Add;
import dev.skein.review.run.ReviewParts.Registered;
import dev.skein.review.run.ReviewParts.UnitPage;
import dev.skein.review.run.ReviewParts.UnitsAsk;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.Create;
import dev.skein.review.run.Reviews.Created;
import dev.skein.router.review.copy.ReviewCopies;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at what is to be reviewed, a directory, a workspace or a repository, and sends workers what they review. */
public final class ReviewRouterVerticle extends VerticleBase {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration FORWARDED = Duration.ofMinutes(5); // every file is looked at
    private static final long LOOK_MILLIS = 30_000;

    private final Bus bus;
    private final ReviewEnginesConfig config;
    private final Engines engines;
    private final Membership membership;
    private final Personas personas;
    private final ReviewCopies.Means copying;
    private final Set<Path> looking = new HashSet<>(); // roots; confined to the event loop
    private @Nullable ReviewCopies copies;

    /** @param engines outlive this verticle */
    public ReviewRouterVerticle(
            Bus bus, ReviewEnginesConfig config, Engines engines, Membership membership, ReviewCopies.Means copying) {
        this.bus = bus;
        this.config = config;
        this.engines = engines;
        this.membership = membership;
        this.copying = copying;
        this.personas = new Personas(config.personaDir(), Map.of());
    }

    @Override
    public Future<?> start() {
        return ReviewCopies.open(bus, vertx, copying).compose(this::serve);
    }

    private Future<?> serve(ReviewCopies opened) {
        copies = opened;
        vertx.setPeriodic(LOOK_MILLIS, tick -> opened.look());
        var files = new SentFiles(vertx, bus);
        var excerpts = new Excerpts(vertx, bus, membership);
        var locator = new Locator(bus, membership, opened);
        var ledgers = new LedgerImports(vertx, bus, means());
        return Future.all(
                bus.serveHere(Reviews.CREATE, ask -> create(ask, locator)).completion(),
                bus.serveHere(Reviews.IMPORT, ask -> locator.locate(ask.place()).compose(at -> ledgers.take(ask, at)))
                        .completion(),
                bus.serveHere(ReviewParts.READ, files::read).completion(),
                bus.serveHere(ReviewDetails.EXCERPT, excerpts::excerpt).completion());
    }

    private Future<Created> create(Create ask, Locator locator) {
        return locator.locate(ask.place()).compose(at -> {
            var elsewhere = at.elsewhere();
            return elsewhere == null
                    ? create(ask, at).onComplete(done -> locator.letGo(at))
                    : bus.askAt(elsewhere, Reviews.CREATE, ask, FORWARDED);
        });
    }

    private Future<Created> create(Create ask, Located at) {
        if (!looking.add(at.root())) {
            return Future.failedFuture(
                    Problem.conflict("review_running", at.root() + " is being looked at already; ask again"));
        }
        return before(ask.since())
                .compose(before -> vertx.executeBlocking(() -> survey(ask, at, before), false))
                .compose(survey -> register(survey, ask))
                .onComplete(done -> looking.remove(at.root()));
    }

    private Survey survey(Create ask, Located at, Before before) {
        return Survey.of(ask, at, means(), before.hashes);
    }

    private Survey.Means means() {
        return new Survey.Means(bus.here().node(), config, engines, personas);
    }

    /** @param hashes by path; null without an earlier run */
    private record Before(@Nullable Map<String, String> hashes) {}

    private Future<Before> before(@Nullable String run) {
        if (run == null) {
            return Future.succeededFuture(new Before(null));
        }
        var hashes = new HashMap<String, String>();
        return gather(new UnitsAsk(run, null), hashes).map(done -> new Before(hashes));
    }

    private Future<UnitPage> gather(UnitsAsk ask, Map<String, String> hashes) {
        return bus.ask(ReviewParts.UNITS, ask, DEADLINE).compose(page -> {
            page.units().forEach(unit -> unit.files().forEach(file -> hashes.put(file.path(), file.hash())));
            var next = page.next();
            return next == null ? Future.succeededFuture(page) : gather(new UnitsAsk(ask.run(), next), hashes);
        });
    }

    private Future<Created> register(Survey survey, Create ask) {
        return bus.ask(ReviewParts.REGISTER, survey.register(), DEADLINE)
                .compose(registered -> add(registered, survey, new Progress(ask, 0, 0)));
    }

    /** How many units were sent, and how many of these were new. */
    private record Progress(Create ask, int sent, int created) {}

    private Future<Created> add(Registered registered, Survey survey, Progress progress) {
        int all = survey.units().size();
        int to = Math.min(all, progress.sent + ReviewParts.UNITS_MAX);
        var page = survey.units().subList(progress.sent, to);
        var add = new Add(registered.run(), page, to == all, Map.of(), progress.ask.caller());
        return bus.ask(ReviewParts.ADD, add, DEADLINE).compose(added -> {
            var next = new Progress(progress.ask, to, progress.created + added.created());
            return to == all ? created(registered, all, next.created) : add(registered, survey, next);
        });
    }

    private Future<Created> created(Registered registered, int found, int created) {
        return bus.ask(Reviews.GET, new Reviews.Get(registered.run()), DEADLINE)
                .map(view -> new Created(view, found, created));
    }

    @Override
    public Future<?> stop() {
        if (copies != null) {
            copies.close();
        }
        return Future.succeededFuture();
    }
}
