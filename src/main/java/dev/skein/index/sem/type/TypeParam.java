package dev.skein.index.sem.type;

/**
 * A parameter of a type or a method.
 *
 * @param owner whose it is, which tells it from others of the same name
 * @param bound what it extends, as written, or empty
 */
public record TypeParam(String owner, String name, String bound) {}
