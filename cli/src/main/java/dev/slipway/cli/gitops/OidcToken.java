package dev.slipway.cli.gitops;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.Call;
import dev.slipway.cli.connection.Connection;
import dev.slipway.cli.connection.Retries;
import dev.slipway.cli.document.Json;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/** Asks GitHub Actions, or what is made like it, for an OIDC token of this job. */
final class OidcToken {
    private static final String URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private static final String TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Invocation invocation;
    private final CiSystem system;

    OidcToken(Invocation invocation, CiSystem system) {
        this.invocation = invocation;
        this.system = system;
    }

    /** A token that is made out to {@code audience}. */
    String request(String audience) {
        String url = variable(URL);
        String permit = variable(TOKEN);
        invocation.terminal().conceal(permit);
        URI address = parse(url + (url.contains("?") ? "&" : "?") + "audience=" + ApiClient.segment(audience));
        try {
            String token = Json.textOrNull(
                    new ApiClient(new Connection(address, permit, null)).send(Call.get(""), Retries.lasting(PATIENCE)),
                    "value");
            if (token != null && !token.isBlank()) {
                return token;
            }
        } catch (CommandException e) {
            throw new CommandException(
                    e.exitCode(), system.title() + " returned no OIDC token: " + e.text(), permission(), e);
        }
        throw CommandException.failed(system.title() + " responded without an OIDC token", permission());
    }

    private String variable(String name) {
        return invocation
                .surroundings()
                .variable(name)
                .map(String::strip)
                .orElseThrow(() -> CommandException.failed(
                        "this job has no permission to request an OIDC token (" + name + " is not set)", permission()));
    }

    private URI parse(String url) {
        try {
            URI address = new URI(url);
            if (address.getHost() != null
                    && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Told below, like every other address that cannot be used.
        }
        throw CommandException.failed(URL + " is not a URL", permission());
    }

    private String permission() {
        String permission = "add to the workflow or the job: permissions: id-token: write (and contents: read)";
        return system == CiSystem.GITEA ? permission + "; in Forgejo: enable-openid-connect: true" : permission;
    }
}
