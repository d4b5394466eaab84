package dev.slipway.agent.fleet;

import dev.slipway.agent.state.DiskFailures;
import dev.slipway.agent.state.DurableFiles;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.Fence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps steps of one target in order. Temporal cannot kill an activity: after a timeout an old attempt may still run
 * beside a newer one, and is turned away here before each of its effects.
 */
final class FenceGate {
    /** A step's right to change the target, until a newer one is announced. */
    static final class Claim {
        private final Fence fence;
        private final Consumer<SlipwayException> stop;

        private Claim(Fence fence, Consumer<SlipwayException> stop) {
            this.fence = fence;
            this.stop = stop;
        }
    }

    private final String target;
    private final Path file;
    private @Nullable Fence highest;
    private @Nullable Claim newest;

    FenceGate(String target, Path file) {
        this.target = target;
        this.file = file;
        this.highest = read(file);
    }

    /**
     * Makes every older claim void, durably, or refuses {@code fence}. A step that is still busy with an older one is
     * told by its own {@code stop}.
     */
    synchronized Claim announce(Fence fence, Consumer<SlipwayException> stop) {
        requireNotLower(fence);
        if (!fence.equals(highest)) {
            DurableFiles.write(file, fence + "\n");
            highest = fence;
        }
        Claim older = newest;
        newest = new Claim(fence, stop);
        if (older != null) {
            older.stop.accept(fenced(older.fence, fence));
        }
        return newest;
    }

    /** Refuses a step that comes after a higher one. */
    synchronized void requireNotLower(Fence fence) {
        if (highest != null && fence.compareTo(highest) < 0) {
            throw fenced(fence, highest);
        }
    }

    /** Refuses a step once a newer one was announced. */
    synchronized void require(Claim claim) {
        if (claim != newest) {
            throw fenced(claim.fence, highest);
        }
    }

    private SlipwayException fenced(Fence fence, @Nullable Fence other) {
        return new SlipwayException(
                FailureType.FENCED,
                "Rejected stale step %s for %s: step %s was already applied (fencing). Deploy again; if the control plane lost its data, delete %s first."
                        .formatted(fence, target, other, file));
    }

    private static @Nullable Fence read(Path file) {
        try {
            return Fence.parse(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw DiskFailures.of("read", file, e);
        }
    }
}
