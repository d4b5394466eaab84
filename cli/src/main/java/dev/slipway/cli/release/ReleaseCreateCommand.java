package dev.slipway.cli.release;

import dev.slipway.cli.artifact.ArchiveUpload;
import dev.slipway.cli.artifact.ComponentSource;
import dev.slipway.cli.artifact.UploadProgress;
import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.Call;
import dev.slipway.cli.connection.CurrentProject;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.release.ReleaseReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "create",
        description = "Create a release: upload its archives, pin its images. Releases are immutable.",
        footer = {
            "",
            "Examples:",
            "  slipway release create web v1 --component web=./web.tar.gz",
            "  slipway release create shop 2026.1 --component web=./web.tgz --component api=registry.example/api:1.2"
        })
public final class ReleaseCreateCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the release.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "VERSION",
            description = "A label: letters, digits, dots, dashes, underscores.")
    private String version = "";

    @Option(
            names = "--component",
            paramLabel = "NAME=PATH|IMAGE",
            required = true,
            description = "A tar (.gz, .zst, .xz too) or zip, or an image reference. Once per component.")
    private List<String> components = new ArrayList<>();

    public ReleaseCreateCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        ReleaseReference reference = reference();
        List<ComponentSource> sources = sources();
        ApiClient api = ApiClient.of(invocation);
        ObjectNode body = Json.object();
        body.put("name", reference.name());
        body.put("version", reference.version());
        ArrayNode list = body.putArray("components");
        sources.forEach(source -> list.add(component(api, source)));
        JsonNode release = api.send(Call.post(CurrentProject.route(reference.project(), "releases"), body)
                .asRepeatable());
        report(reference, release);
        return 0;
    }

    private ReleaseReference reference() {
        try {
            return ReleaseReference.parse(CurrentProject.of(invocation).name(), name + "@" + version);
        } catch (InvalidInputException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()), "slipway help release create");
        }
    }

    // All of them are read before the first byte is sent.
    private List<ComponentSource> sources() {
        List<ComponentSource> sources = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String component : components) {
            ComponentSource source =
                    ComponentSource.parse(component, invocation.surroundings().directory());
            if (!names.add(source.name())) {
                throw CommandException.usage("--component: " + source.name() + " is given twice", null);
            }
            sources.add(source);
        }
        return sources;
    }

    private ObjectNode component(ApiClient api, ComponentSource source) {
        ObjectNode component = Json.object();
        component.put("name", source.name());
        if (source.archive() != null) {
            UploadProgress progress = new UploadProgress(invocation.terminal(), source.name());
            component.put(
                    "archive",
                    new ArchiveUpload(api.connection(), progress)
                            .upload(source.archive())
                            .value());
        } else {
            component.put("image", source.image());
        }
        return component;
    }

    private void report(ReleaseReference reference, JsonNode release) {
        Terminal terminal = invocation.terminal();
        if (invocation.options().json()) {
            terminal.print(Json.pretty(release));
            return;
        }
        terminal.tell("release " + Untrusted.line(reference.toString()));
        release.path("components").forEach(component -> {
            String repository = Json.text(component, "repository");
            String pinned = (repository.isEmpty() ? "" : repository + "@") + Json.text(component, "digest");
            terminal.tell(Untrusted.line("  " + Json.text(component, "name") + " " + pinned));
        });
    }
}
