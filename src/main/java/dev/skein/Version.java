package dev.skein;

import java.util.Objects;

/** The version of this build, as the jar's manifest says; {@code dev} when it does not run from the jar. */
final class Version {
    static final String TEXT =
            Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "dev");

    private Version() {}
}
