package dev.slipway.activities.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit from what a user or an administrator of this machine has set for Git: other addresses, headers, proxies,
 * programs. It applies to the whole process.
 */
final class Isolation extends SystemReader.Delegate {
    // Measuring it keeps the first one who asks waiting for three seconds; no file system of today is coarser.
    private static final long TIMESTAMP_RESOLUTION_MILLIS = 100;

    static {
        SystemReader.setInstance(new Isolation(SystemReader.getInstance()));
    }

    private Isolation(SystemReader machine) {
        super(machine);
    }

    /** Has an effect once. */
    static void enforce() {
        // Done when this class was loaded.
    }

    @Override
    public @Nullable String getenv(String variable) {
        return null;
    }

    @Override
    public String getHostname() {
        // The name service may take seconds over it, and it ends up in logs that are switched off.
        return "localhost";
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    private static final class Nothing extends FileBasedConfig {
        Nothing(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // There is no file.
        }

        @Override
        public void save() {
            // There is no file.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public long getTimeUnit(
                String section, String subsection, String name, long defaultValue, TimeUnit wantedUnit) {
            return section.equals("filesystem")
                    ? wantedUnit.convert(TIMESTAMP_RESOLUTION_MILLIS, TimeUnit.MILLISECONDS)
                    : super.getTimeUnit(section, subsection, name, defaultValue, wantedUnit);
        }
    }
}
