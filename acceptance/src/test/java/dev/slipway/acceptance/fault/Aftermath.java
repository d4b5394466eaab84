package dev.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.invariant.Invariants;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After each fault the stack recovers, no log tells of an error, and its processes hold no more than they need (I9). */
record Aftermath(Stack stack) implements AfterEachCallback {
    private static final Duration CALM = Duration.ofMinutes(1);
    /** Connections and pools that an idle process may keep for a while, besides the jars of its class path. */
    private static final int MOST_FILES = 100;

    /** Besides one for each service of the agent in it, which waits for its end. */
    private static final int MOST_THREADS = 150;

    @Override
    public void afterEach(ExtensionContext context) {
        stack.recover();
        Invariants.requireNoErrors(stack);
        requireCalm("server", count(stack.data().resolve("agents/local/targets")));
    }

    private void requireCalm(String process, long services) {
        Path proc = Path.of("/proc", Long.toString(stack.pid(process)));
        await("I9: " + process).atMost(CALM).untilAsserted(() -> {
            assertThat(files(proc.resolve("fd")))
                    .as("I9: open files of the %s", process)
                    .isLessThan(MOST_FILES);
            assertThat(count(proc.resolve("task")))
                    .as("I9: threads of the %s", process)
                    .isLessThan(MOST_THREADS + services);
        });
    }

    private static long files(Path descriptors) {
        try (Stream<Path> entries = Files.list(descriptors)) {
            return entries.filter(Aftermath::isNoJar).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNoJar(Path descriptor) {
        try {
            return !Files.readSymbolicLink(descriptor).toString().endsWith(".jar");
        } catch (IOException e) {
            // It was closed meanwhile.
            return false;
        }
    }

    private static long count(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
