package dev.skein.git;

import java.nio.file.Path;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/** Keeps JGit from reading or writing the settings of whoever runs this process, which would change what is fetched. */
public final class Isolated extends SystemReader.Delegate {
    private static final String EXACT = "10 ms";
    private static final FS FILES = install();

    private Isolated(SystemReader platform) {
        super(platform);
    }

    /** Files as JGit sees them; to be asked for before anything else of JGit is used. */
    public static FS fileSystem() {
        return FILES;
    }

    private static FS install() {
        SystemReader.setInstance(new Isolated(SystemReader.getInstance()));
        return FS.DETECTED;
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public StoredConfig getUserConfig() {
        return new Nothing(null, FS.DETECTED);
    }

    @Override
    public StoredConfig getJGitConfig() {
        return new Nothing(null, FS.DETECTED);
    }

    @Override
    public StoredConfig getSystemConfig() {
        return new Nothing(null, FS.DETECTED);
    }

    /** Settings that are empty and stay so. */
    private static final class Nothing extends FileBasedConfig {
        Nothing(@Nullable Config parent, FS fs) {
            super(parent, Path.of("/nonexistent/skein").toFile(), fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        /** How exact times of files are, or JGit would find out by writing some, for seconds. */
        @Override
        public @Nullable String getString(String section, @Nullable String part, String name) {
            return section.equals("filesystem") ? EXACT : super.getString(section, part, name);
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
