package dev.slipway.cli.connection;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Which API to talk to, and as whom. {@code stack} is set where it is a stack of this machine. */
public record Connection(
        URI url, @Nullable String token, @Nullable StackFile stack) {}
