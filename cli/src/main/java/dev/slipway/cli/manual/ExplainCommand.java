package dev.slipway.cli.manual;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Colour;
import dev.slipway.cli.terminal.Table;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "explain",
        description = "Explain a field of a manifest or a setting; without an argument, list all.",
        footer = {"", "Examples:", "  slipway explain targets.health.retries", "  slipway explain SLIPWAY_URL"})
public final class ExplainCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(
            arity = "0..1",
            paramLabel = "SETTING",
            description = "For example targets.health, health.type or SLIPWAY_URL.")
    private @Nullable String setting;

    public ExplainCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        List<Setting> all = Setting.all();
        Terminal terminal = invocation.terminal();
        if (setting == null) {
            if (invocation.options().json()) {
                printDocument(all);
                return 0;
            }
            Table table = new Table("SETTING", "VALUE", "MEANING");
            all.forEach(each -> table.row(each.name(), each.value(), each.firstSentence()));
            table.printTo(terminal);
            return 0;
        }
        String asked = setting;
        List<Setting> found = all.stream().filter(each -> each.isMeantBy(asked)).toList();
        if (found.isEmpty()) {
            throw CommandException.usage(
                    "unknown setting \"" + Untrusted.line(asked) + "\"", Setting.nearest(asked, all));
        }
        if (invocation.options().json()) {
            printDocument(found);
        } else {
            found.forEach(each -> print(terminal, each));
        }
        return 0;
    }

    private static void print(Terminal terminal, Setting setting) {
        terminal.print(terminal.painted(Colour.STRONG, setting.name()) + "   " + setting.value());
        setting.text().lines().forEach(line -> terminal.print("  " + line));
    }

    private void printDocument(List<Setting> settings) {
        ObjectNode document = Json.object();
        ArrayNode items = document.putArray("items");
        settings.forEach(each -> items.addObject()
                .put("name", each.name())
                .put("value", each.value())
                .put("text", each.text()));
        invocation.terminal().print(Json.pretty(document));
    }
}
