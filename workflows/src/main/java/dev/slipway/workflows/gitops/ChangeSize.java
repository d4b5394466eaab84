package dev.slipway.workflows.gitops;

import dev.slipway.core.gitops.IacRepository;
import dev.slipway.workflows.gitops.IacRepositoryWorkflow.Change;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** About how many bytes a change has in a message to Temporal, which takes two megabytes. */
final class ChangeSize {
    /** Of a change beside its values: ids, a path, trailers. */
    private static final int OTHER_BYTES = 2 << 10;

    private ChangeSize() {}

    static int of(Change change) {
        IacRepository repository = change.repository();
        return bytes(repository.remote().toString())
                + bytes(repository.certificateAuthority())
                + repository.knownHosts().stream().mapToInt(ChangeSize::bytes).sum()
                + ofContent(change)
                + OTHER_BYTES;
    }

    /** What may be long in a change itself. */
    static int ofContent(Change change) {
        return switch (change.change()) {
            case ChartChange.Replace replace ->
                replace.values().entrySet().stream()
                        .mapToInt(value -> bytes(value.getKey()) + bytes(value.getValue()))
                        .sum();
            case ChartChange.Revert revert -> bytes(revert.reason());
        };
    }

    private static int bytes(@Nullable String text) {
        return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }
}
