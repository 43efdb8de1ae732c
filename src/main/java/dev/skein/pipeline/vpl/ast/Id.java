package dev.skein.pipeline.vpl.ast;

/** A name where it stands. */
public record Id(Position at, String name) {}
