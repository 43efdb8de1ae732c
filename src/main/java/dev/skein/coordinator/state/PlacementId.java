package dev.skein.coordinator.state;

/** One copy of one pipeline of a group; {@code name} is {@code p} or {@code p#2}. */
public record PlacementId(String groupId, String name) {}
