package dev.skein.bench.extract;

/** A way to find the declarations of one text. */
@FunctionalInterface
interface Candidate {
    /** How many types, members, constants and components are found. */
    int declarations(String text) throws Exception;
}
