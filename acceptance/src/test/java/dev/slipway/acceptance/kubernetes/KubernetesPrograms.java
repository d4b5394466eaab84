package dev.slipway.acceptance.kubernetes;

import dev.slipway.acceptance.stack.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What acceptance/peers/kubernetes/build.sh has built. */
public final class KubernetesPrograms {
    /** What to say of a test that is skipped because {@link #areBuilt()} says no. */
    public static final String NEED = "needs the programs of acceptance/peers/kubernetes/build.sh";

    private static final String VERSION = "1.34.4";

    private KubernetesPrograms() {}

    /** For conditions of tests. */
    public static boolean areBuilt() {
        return Files.exists(home().resolve("done-2"));
    }

    static Path program(String name) {
        return home().resolve("bin").resolve(name);
    }

    /** How kwok's nodes behave. */
    static Path stages() {
        return Distribution.repository().resolve("acceptance/peers/kubernetes/stages.yaml");
    }

    static Path fluxDefinitions() {
        return home().resolve("flux");
    }

    private static Path home() {
        return Optional.ofNullable(System.getenv("SLIPWAY_CACHE"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "slipway"))
                .resolve("kubernetes-" + VERSION);
    }
}
