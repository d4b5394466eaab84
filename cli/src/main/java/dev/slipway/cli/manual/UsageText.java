package dev.slipway.cli.manual;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How help looks: the options of a command first, those that every command takes only in the help about everything. */
public final class UsageText {
    private UsageText() {}

    /** Has this command line, and all below it, show help this way. */
    public static void applyTo(CommandLine commandLine) {
        commandLine.setHelpSectionKeys(List.of(
                UsageMessageSpec.SECTION_KEY_SYNOPSIS,
                UsageMessageSpec.SECTION_KEY_DESCRIPTION,
                UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
                UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
                UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
                UsageMessageSpec.SECTION_KEY_FOOTER));
        CommandSpec spec = commandLine.getCommandSpec();
        boolean isRoot = spec.parent() == null;
        spec.usageMessage().commandListHeading(isRoot ? "%nCommands:%n" : "");
        commandLine
                .getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, help -> synopsis(help.commandSpec()));
        commandLine
                .getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, help -> help.description() + "%n".formatted());
        commandLine.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, UsageText::parameters);
        commandLine
                .getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, isRoot ? UsageText::everyOption : UsageText::ownOptions);
        commandLine.getSubcommands().values().forEach(UsageText::applyTo);
    }

    private static String synopsis(CommandSpec spec) {
        Stream<String> parameters = spec.positionalParameters().stream().map(UsageText::shown);
        Stream<String> required = spec.options().stream()
                .filter(OptionSpec::required)
                .map(option -> option.longestName() + " " + option.paramLabel());
        String rest = spec.subcommands().isEmpty() ? "[OPTION]..." : "COMMAND ...";
        String all = Stream.of(Stream.of(spec.qualifiedName(" ")), parameters, required, Stream.of(rest))
                .flatMap(words -> words)
                .collect(Collectors.joining(" "));
        return "Usage: %s%n%n".formatted(all);
    }

    private static String shown(PositionalParamSpec parameter) {
        boolean many = parameter.arity().max() > 1;
        String label = parameter.paramLabel() + (many ? "..." : "");
        return parameter.arity().min() == 0 ? "[" + label + "]" : label;
    }

    private static String everyOption(Help help) {
        boolean hasCommands = !help.commandSpec().subcommands().isEmpty();
        return (hasCommands ? "Options of every command:%n" : "%nOptions:%n").formatted()
                + list(help, help.commandSpec().options());
    }

    private static String ownOptions(Help help) {
        List<OptionSpec> own = own(help);
        boolean hasArguments = !own.isEmpty()
                || help.commandSpec().positionalParameters().stream().anyMatch(ArgSpec::required);
        return list(help, own)
                + (hasArguments ? "%n".formatted() : "")
                + "Options of every command: slipway help%n".formatted();
    }

    // In a column as wide as what is listed needs: inherited options are not.
    private static String parameters(Help help) {
        List<PositionalParamSpec> parameters = help.commandSpec().positionalParameters();
        Help.Layout layout = help.createDefaultLayout(own(help), parameters, help.colorScheme());
        layout.addAllPositionalParameters(parameters, help.parameterLabelRenderer());
        return layout.toString();
    }

    private static List<OptionSpec> own(Help help) {
        return help.commandSpec().options().stream()
                .filter(option -> !option.inherited())
                .toList();
    }

    private static String list(Help help, List<OptionSpec> options) {
        Help.Layout layout =
                help.createDefaultLayout(options, help.commandSpec().positionalParameters(), help.colorScheme());
        layout.addAllOptions(options, help.parameterLabelRenderer());
        return layout.toString();
    }
}
