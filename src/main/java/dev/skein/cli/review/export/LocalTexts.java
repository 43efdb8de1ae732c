package dev.skein.cli.review.export;

import dev.skein.review.report.Texts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The reviewed files as they are on this machine now.
 *
 * @param root null when they are not here
 */
record LocalTexts(@Nullable Path root) implements Texts {
    private static final long BYTES_MAX = 16L << 20;

    @Override
    public @Nullable String text(String path) {
        if (root == null) {
            return null;
        }
        try {
            var file = root.resolve(path).normalize();
            boolean isBelow = file.startsWith(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
            if (!isBelow || Files.size(file) > BYTES_MAX) {
                return null;
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (InvalidPathException | IOException e) {
            return null; // the report goes without its text
        }
    }
}
