package dev.skein.router.review.copy;

import java.nio.file.Path;

/**
 * The files of one commit.
 *
 * @param name last one of the URL
 * @param commit whole name
 */
public record Copied(Path root, String name, String commit) {}
