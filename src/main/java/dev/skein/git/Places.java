package dev.skein.git;

import dev.skein.kernel.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Where copies may come from. A place is a URL and everything below it; a file is below by its real path. */
final class Places {
    private static final Map<String, Integer> PORTS = Map.of("https", 443, "http", 80, "git", 9_418, "file", 0);
    private static final Pattern DOTS = Pattern.compile("(?:^|/)\\.\\.?(?:/|$)");
    private static final Pattern HOST = Pattern.compile("[a-z]+://[^/?#]+");
    private static final int REF_MAX = 250;

    private final List<URI> allowed;

    private Places(List<URI> allowed) {
        this.allowed = allowed;
    }

    /** @throws IllegalArgumentException naming the one that is no place */
    static Places of(List<String> allowed) {
        return new Places(allowed.stream().map(Places::place).toList());
    }

    private static URI place(String given) {
        var text = HOST.matcher(given).matches() ? given + "/" : given; // everything there
        var fault = fault(text);
        if (fault != null) {
            throw new IllegalArgumentException("git.allow: " + text + " " + fault);
        }
        return URI.create(text);
    }

    /**
     * The source, if it may be copied.
     *
     * @throws Problem INVALID {@code invalid_git_source}, NOT_FOUND {@code git_not_found} for a directory that would be
     *     allowed if it were there, or FORBIDDEN {@code git_not_allowed}
     */
    Source check(String url, String ref) {
        var fault = fault(url);
        if (fault != null) {
            throw refused(Problem.Kind.INVALID, "invalid_git_source", "git " + fault);
        }
        boolean named = ref.isEmpty()
                || (ref.length() <= REF_MAX && !ref.startsWith("-") && Repository.isValidRefName("refs/heads/" + ref));
        if (!named) {
            throw refused(
                    Problem.Kind.INVALID,
                    "invalid_git_source",
                    "branch must be a branch or a tag, or commit 40 digits");
        }
        var given = URI.create(url);
        if (allowed.stream().noneMatch(place -> isBelow(given, place))) {
            if (allowed.stream().anyMatch(place -> isGoneBelow(given, place))) {
                throw Problem.notFound("git_not_found", "git: this node has no directory " + given.getPath());
            }
            var message = allowed.isEmpty()
                    ? "this node copies no repositories: git.allow names no place"
                    : "git.allow of this node names no place that has " + url;
            throw refused(Problem.Kind.FORBIDDEN, "git_not_allowed", message);
        }
        return new Source(url, ref);
    }

    private static Problem refused(Problem.Kind kind, String code, String message) {
        return new Problem(kind, code, message, List.of());
    }

    /** What is wrong with a URL, never with a part of it that may be secret; null when nothing is. */
    private static @Nullable String fault(String text) {
        try {
            var uri = new URI(text);
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            var path = uri.getRawPath();
            if (!PORTS.containsKey(scheme)) {
                return "must begin with https:, http:, git: or file:";
            }
            if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                return "must be without user, password, query and fragment; a token is given by git.token-file";
            }
            if (path == null
                    || !path.startsWith("/")
                    || path.contains("%")
                    || DOTS.matcher(path).find()) {
                return "must have an absolute path without dots and without percent signs";
            }
            boolean hosted = uri.getHost() != null;
            return hosted == scheme.equals("file") ? "must name a host, unless it is of a file" : null;
        } catch (URISyntaxException e) {
            return "is no URL";
        }
    }

    private static boolean isBelow(URI given, URI place) {
        if (!place.getScheme().equalsIgnoreCase(given.getScheme())) {
            return false;
        }
        if (given.getScheme().equalsIgnoreCase("file")) {
            return isBelow(Path.of(given.getPath()), Path.of(place.getPath()));
        }
        var prefix = place.getPath().endsWith("/") ? place.getPath() : place.getPath() + "/";
        boolean below = given.getPath().startsWith(prefix) || given.getPath().equals(place.getPath());
        return below && given.getHost().equalsIgnoreCase(place.getHost()) && port(given) == port(place);
    }

    private static boolean isBelow(Path given, Path place) {
        try {
            return Files.isDirectory(given) && given.toRealPath().startsWith(place.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether there is no such directory, and what there is of the way to it leads to or below the place. */
    private static boolean isGoneBelow(URI given, URI place) {
        if (!given.getScheme().equalsIgnoreCase("file") || !place.getScheme().equalsIgnoreCase("file")) {
            return false;
        }
        var path = Path.of(given.getPath());
        var top = Path.of(place.getPath());
        if (Files.isDirectory(path)) {
            return false;
        }
        return isMissing(top) ? path.startsWith(top) : isBelow(firstPresent(path), top);
    }

    /** The path or the nearest above it that is there, be it a link that leads nowhere. */
    private static Path firstPresent(Path path) {
        var present = path;
        for (var up = present.getParent(); isMissing(present) && up != null; up = up.getParent()) {
            present = up;
        }
        return present;
    }

    private static boolean isMissing(Path path) {
        return Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0
                ? uri.getPort()
                : PORTS.getOrDefault(uri.getScheme().toLowerCase(Locale.ROOT), 0);
    }
}
