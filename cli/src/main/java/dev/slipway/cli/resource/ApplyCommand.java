package dev.slipway.cli.resource;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.Call;
import dev.slipway.cli.connection.CurrentProject;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Colour;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "apply",
        description = "Create or change what manifests declare: all of it, or nothing.",
        footer = {
            "",
            "Examples:",
            "  slipway apply -f staging.yaml",
            "  slipway apply -f environments/",
            "  generate-manifest | slipway apply -f -",
            "",
            "The fields of a manifest: slipway explain"
        })
public final class ApplyCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE|DIR|-",
            required = true,
            description = "A manifest in YAML or JSON, a directory of them, or - for standard input.")
    private List<String> sources = new ArrayList<>();

    public ApplyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Manifest manifest = Manifest.of(
                sources,
                invocation.surroundings().directory(),
                invocation.streams().in());
        JsonNode answer = send(manifest);
        Terminal terminal = invocation.terminal();
        if (invocation.options().json()) {
            terminal.print(Json.pretty(answer));
            return 0;
        }
        answer.path("results").forEach(result -> {
            String change = Json.text(result, "change");
            String what = Json.text(result, "kind") + " " + Json.text(result, "name");
            terminal.tell(Untrusted.line(what) + " " + terminal.painted(colour(change), Untrusted.line(change)));
        });
        return 0;
    }

    private String path() {
        CurrentProject project = CurrentProject.of(invocation);
        return project.isDefault() ? "/api/apply" : "/api/apply?project=" + project.name();
    }

    private JsonNode send(Manifest manifest) {
        try {
            return ApiClient.of(invocation)
                    .send(Call.post(path(), manifest.contentType(), manifest.text())
                            .asRepeatable());
        } catch (CommandException e) {
            throw manifest.located(e);
        }
    }

    private static Colour colour(String change) {
        return change.equals("unchanged") ? Colour.FAINT : Colour.GOOD;
    }
}
