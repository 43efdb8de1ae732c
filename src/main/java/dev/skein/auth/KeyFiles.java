package dev.skein.auth;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files that hold signing keys: {@code token-<n>.json}, mode 0600, in a directory of mode 0700. All of them verify,
 * the one with the highest number signs, so a key is replaced by adding one and removing the old one an hour later.
 */
final class KeyFiles {
    private static final Pattern NAME = Pattern.compile("token-([0-9]{1,9})\\.json");
    private static final Set<PosixFilePermission> OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration SPARE = Duration.ofMinutes(5);

    private final Path folder;

    /** What one file holds; keys in their standard encodings, which JSON carries as base64. */
    record Stored(String alg, byte[] privateKey, byte[] publicKey) {}

    KeyFiles(Path dataDir) {
        this.folder = dataDir.resolve("keys");
    }

    /** Every key there is in order of number; a new one is made when the one that signs is for another algorithm. */
    List<SigningKey> load(Algorithm wanted) {
        return load(wanted, false);
    }

    /** Every key there is in order of number, whatever the algorithm; the first one is made when there is none. */
    List<SigningKey> loadAny() {
        return load(Algorithm.EDDSA, true);
    }

    private List<SigningKey> load(Algorithm wanted, boolean anyWillDo) {
        try {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            makeFolder();
            var keys = readAll();
            if (keys.isEmpty() || (!anyWillDo && keys.get(keys.size() - 1).algorithm() != wanted)) {
                create(wanted, number(newest()) + 1);
                keys = readAll();
            }
            return keys;
        } catch (IOException e) {
            throw new Problem(Kind.INTERNAL, "the keys in " + folder + " cannot be read or made: " + e);
        }
    }

    /** Adds a key that signs from now on, and removes those replaced so long ago that no token of theirs is valid. */
    List<SigningKey> rotate(Algorithm algorithm, Instant now) {
        try {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            makeFolder();
            var before = files();
            for (int i = 0; i + 1 < before.size(); i++) {
                var replacedAt = Files.getLastModifiedTime(before.get(i + 1)).toInstant();
                if (replacedAt.plus(TokenRules.LIFE_MAX).plus(SPARE).isBefore(now)) {
                    Files.delete(before.get(i));
                }
            }
            create(algorithm, number(newest()) + 1);
            return readAll();
        } catch (IOException e) {
            throw new Problem(Kind.INTERNAL, "the keys in " + folder + " cannot be replaced: " + e);
        }
    }

    /** Changes whenever a file comes or goes. */
    List<Path> names() {
        try {
            return files();
        } catch (IOException e) {
            throw new Problem(Kind.INTERNAL, "the keys in " + folder + " cannot be listed: " + e);
        }
    }

    private void makeFolder() throws IOException {
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            requirePrivate(folder);
        }
    }

    private List<SigningKey> readAll() throws IOException {
        var keys = new ArrayList<SigningKey>();
        for (var file : files()) {
            keys.add(read(file));
        }
        return keys;
    }

    private List<Path> files() throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(file -> number(file) > 0)
                    .sorted(Comparator.comparingInt(KeyFiles::number))
                    .toList();
        }
    }

    private Path newest() throws IOException {
        var files = files();
        return files.isEmpty() ? folder : files.get(files.size() - 1);
    }

    private static int number(Path file) {
        var match = NAME.matcher(file.getFileName().toString());
        return match.matches() ? Integer.parseInt(match.group(1)) : 0;
    }

    private static SigningKey read(Path file) throws IOException {
        requirePrivate(file);
        var stored = JSON.readValue(Files.readAllBytes(file), Stored.class);
        var algorithm = Algorithm.named(stored.alg).orElseThrow(() -> new IOException(file + " names no algorithm"));
        try {
            return SigningKey.of(algorithm, algorithm.read(stored.privateKey, stored.publicKey));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no usable key: " + e.getMessage(), e);
        }
    }

    private static void requirePrivate(Path path) throws IOException {
        for (var permission : Files.getPosixFilePermissions(path)) {
            if (OTHERS.contains(permission)) {
                throw new Problem(
                        Kind.INTERNAL,
                        "others on this machine can reach %s; run chmod go-rwx %s".formatted(path, path));
            }
        }
    }

    /** Appears whole or not at all; when another process was faster, its key is the one. */
    private void create(Algorithm algorithm, int number) throws IOException {
        var pair = algorithm.generate();
        var stored = JSON.writeValueAsBytes(Map.of(
                "alg", algorithm.jwsName(),
                "privateKey", pair.getPrivate().getEncoded(),
                "publicKey", pair.getPublic().getEncoded()));
        var draft = folder.resolve("draft-" + Ids.hex(8));
        var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = Files.newByteChannel(
                draft, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), onlyOwner)) {
            channel.write(ByteBuffer.wrap(stored));
        }
        try {
            Files.createLink(folder.resolve("token-" + number + ".json"), draft);
        } catch (FileAlreadyExistsException e) {
            return;
        } finally {
            Files.delete(draft);
        }
    }
}
