package dev.slipway.cli.connection;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Which API to talk to, and as whom. {@code stack} is set where it is a stack of this machine. */
public record Connection(
        URI url, @Nullable String token, @Nullable StackFile stack) {
    /** Whether the API is on this machine, so that nobody stands in between. */
    public boolean isHere() {
        String host = url.getHost();
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}
