package dev.slipway.cli.manual;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Untrusted;
import dev.slipway.core.manifest.JsonSchema;
import dev.slipway.core.resource.Kinds;
import dev.slipway.core.text.DidYouMean;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "schema",
        description = "Print the JSON Schema of manifests, for editors and validators.",
        footer = {
            "",
            "Examples:",
            "  slipway schema > slipway.schema.json",
            "  slipway schema Environment",
            "",
            "Editors with the YAML language server complete and validate a manifest that begins with:",
            "  # yaml-language-server: $schema=slipway.schema.json"
        })
public final class SchemaCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            description = "Only this kind of document, for example Environment.")
    private @Nullable String kind;

    public SchemaCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation.terminal().print(Json.pretty(Json.tree(JsonSchema.of(kinds()))));
        return 0;
    }

    private List<Class<? extends Record>> kinds() {
        String asked = kind;
        if (asked == null) {
            return Kinds.ALL;
        }
        List<Class<? extends Record>> found = Kinds.ALL.stream()
                .filter(type -> Kinds.name(type).equalsIgnoreCase(asked))
                .toList();
        if (found.isEmpty()) {
            List<String> names = Kinds.ALL.stream().map(Kinds::name).toList();
            throw CommandException.usage(
                    "unknown kind \"" + Untrusted.line(asked) + "\"" + DidYouMean.sentence(asked, names),
                    "expected one of " + String.join(", ", names));
        }
        return found;
    }
}
