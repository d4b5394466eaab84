package dev.slipway.agent.artifact;

import dev.slipway.agent.connection.ControlPlane;
import dev.slipway.agent.state.DiskFailures;
import dev.slipway.agent.state.DurableFiles;
import dev.slipway.core.artifact.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The archives that this node fetched last: targets that need the same one fetch it once. */
public final class ArchiveStore {
    private static final Logger log = LoggerFactory.getLogger(ArchiveStore.class);
    private static final int KEPT = 4;

    // One that was just handed out is still to be unpacked.
    private static final Duration IN_USE = Duration.ofMinutes(15);

    private final Path folder;
    private final ControlPlane controlPlane;
    private final Map<Digest, ReentrantLock> locks = new ConcurrentHashMap<>();

    public ArchiveStore(Path folder, ControlPlane controlPlane) {
        this.folder = folder;
        this.controlPlane = controlPlane;
    }

    /** The verified archive, fetched where it is missing. */
    public Path fetch(Digest digest, Consumer<String> say) throws InterruptedException {
        Path file = folder.resolve(digest.hex() + ".tar.gz");
        ReentrantLock lock = locks.computeIfAbsent(digest, _ -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            if (Files.exists(file)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            } else {
                Path part = folder.resolve(digest.hex() + ".part");
                new ArchiveDownload(controlPlane, digest, part, say).run();
                DurableFiles.finish(part, file);
            }
        } catch (IOException e) {
            throw DiskFailures.of("write", file, e);
        } finally {
            lock.unlock();
        }
        evict();
        return file;
    }

    private void evict() {
        Instant before = Instant.now().minus(IN_USE);
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> old = files.sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().lastModified())
                            .reversed())
                    .skip(KEPT)
                    .filter(file -> file.toFile().lastModified() < before.toEpochMilli())
                    .toList();
            old.forEach(DurableFiles::deleteTree);
        } catch (IOException e) {
            log.warn("Could not clean up archives in {}: {}", folder, e.toString());
        }
    }
}
