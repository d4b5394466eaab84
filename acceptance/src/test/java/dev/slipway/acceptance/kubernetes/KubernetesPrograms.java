package dev.slipway.acceptance.kubernetes;

import dev.slipway.acceptance.stack.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

/** What acceptance/peers/kubernetes/build.sh has built. */
public final class KubernetesPrograms {
    /** What to say of a test that is skipped because {@link #areBuilt()} says no. */
    public static final String NEED = "needs the programs of acceptance/peers/kubernetes/build.sh";

    private static final String VERSION = "1.34.4";
    private static final Path PEERS = Distribution.repository().resolve("acceptance/peers/kubernetes");

    private KubernetesPrograms() {}

    /** For conditions of tests. Waits for a build that runs beside the tests. */
    public static boolean areBuilt() {
        return Built.RESULT;
    }

    /** Asked once in each JVM. */
    private static final class Built {
        private static final boolean RESULT = ask();

        private static boolean ask() {
            try {
                return new ProcessBuilder(PEERS.resolve("build.sh").toString(), "--wait")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    static Path program(String name) {
        return home().resolve("bin").resolve(name);
    }

    /** How kwok's nodes behave. */
    static Path stages() {
        return PEERS.resolve("stages.yaml");
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
