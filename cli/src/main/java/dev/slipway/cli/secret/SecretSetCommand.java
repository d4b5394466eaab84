package dev.slipway.cli.secret;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.Call;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "set",
        description = "Store a secret, or replace it. On a terminal it prompts for the value.",
        footer = {
            "",
            "Examples:",
            "  slipway secret set iac-token",
            "  slipway secret set iac-token < token.txt",
            "  slipway secret set signing-key --from-file key.asc",
            "",
            "A newline at the end of a single line is not part of the value; longer texts are stored as they are."
        })
public final class SecretSetCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", description = "Name of the secret.")
    private String name = "";

    @Option(
            names = "--from-file",
            paramLabel = "FILE|-",
            description = "File with the value, as UTF-8 text (default: -, standard input).")
    private @Nullable String file;

    public SecretSetCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String path = SecretCommand.path(name);
        // Before a person is asked for a value that nobody takes.
        ApiClient api = ApiClient.of(invocation);
        SecretInput input = new SecretInput(invocation.streams(), SecretInput::askHidden);
        String value = file == null || file.equals("-")
                ? input.read(name, file == null)
                : SecretInput.readFile(invocation.surroundings().directory().resolve(file));
        JsonNode secret = api.send(put(path, value));
        report(secret);
        return 0;
    }

    private static Call put(String path, String value) {
        return new Call(
                "PUT",
                path,
                Map.of("Accept", "application/json", "Content-Type", "application/json"),
                Json.compact(Json.object().put("value", value)).getBytes(StandardCharsets.UTF_8),
                true);
    }

    private void report(JsonNode secret) {
        Terminal terminal = invocation.terminal();
        if (invocation.options().json()) {
            terminal.print(Json.pretty(secret));
            return;
        }
        boolean fresh = Json.text(secret, "createdAt").equals(Json.text(secret, "changedAt"));
        terminal.tell("secret " + Untrusted.line(Json.text(secret, "name")) + (fresh ? " stored" : " changed"));
    }
}
