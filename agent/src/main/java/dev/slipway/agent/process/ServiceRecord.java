package dev.slipway.agent.process;

import dev.slipway.agent.fleet.Installed;
import dev.slipway.agent.state.DiskFailures;
import dev.slipway.agent.state.DurableFiles;
import dev.slipway.core.artifact.Digest;
import dev.slipway.workflows.Payloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a service is to run, and as which process it does: what the next agent takes it up by. Without {@code pid} it was
 * about to be started.
 */
record ServiceRecord(
        String revision,
        Digest digest,
        String directory,
        Installed.@Nullable Origin origin,
        @Nullable Long pid,
        @Nullable Long start) {
    static Optional<ServiceRecord> read(Path file) {
        try {
            return Optional.of(Payloads.json().readValue(Files.readString(file), ServiceRecord.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFailures.of("read", file, e);
        }
    }

    void write(Path file) {
        DurableFiles.write(file, Payloads.json().writeValueAsString(this));
    }

    ServiceRecord as(SupervisedProcess process) {
        return new ServiceRecord(revision, digest, directory, origin, process.pid(), process.start());
    }
}
