package dev.slipway.agent.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder of one agent, which no other agent uses as long as this is open. */
public final class AgentState implements AutoCloseable {
    private final Path folder;
    private final FileChannel channel;

    private AgentState(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Takes {@code folder}, which is made where it is missing; empty where another agent has it. */
    public static Optional<AgentState> take(Path folder) {
        DurableFiles.makePrivateFolder(folder);
        try {
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new AgentState(folder.toRealPath(), channel));
        } catch (IOException e) {
            throw DiskFailures.of("lock", folder, e);
        }
    }

    /** Where the targets are written down, a folder each. */
    public Path targets() {
        return DurableFiles.makePrivateFolder(folder.resolve("targets"));
    }

    /** Where fetched archives are kept for the next target that needs them. */
    public Path archives() {
        return DurableFiles.makePrivateFolder(folder.resolve("archives"));
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
