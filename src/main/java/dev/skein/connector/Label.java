package dev.skein.connector;

/** Which link it is, for people. */
public record Label(Owner owner, String connector, String type) {}
