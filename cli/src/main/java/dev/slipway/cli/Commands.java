package dev.slipway.cli;

import dev.slipway.cli.command.ExitCode;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.gitops.GitOpsCommand;
import dev.slipway.cli.gitops.GitOpsDeployCommand;
import dev.slipway.cli.manual.CompletionCommand;
import dev.slipway.cli.manual.ExplainCommand;
import dev.slipway.cli.manual.HelpCommand;
import dev.slipway.cli.manual.SchemaCommand;
import dev.slipway.cli.manual.UsageText;
import dev.slipway.cli.release.DeployCommand;
import dev.slipway.cli.release.Order;
import dev.slipway.cli.release.ReleaseCommand;
import dev.slipway.cli.release.ReleaseCreateCommand;
import dev.slipway.cli.release.RollbackCommand;
import dev.slipway.cli.resource.ApplyCommand;
import dev.slipway.cli.resource.GetCommand;
import dev.slipway.cli.secret.SecretCommand;
import dev.slipway.cli.stack.DownCommand;
import dev.slipway.cli.stack.LauncherCommands;
import dev.slipway.cli.stack.StatusCommand;
import dev.slipway.cli.timeline.HistoryCommand;
import dev.slipway.cli.timeline.LogsCommand;
import dev.slipway.cli.timeline.RebuildCommand;
import dev.slipway.cli.timeline.WatchCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Every command by its name, in the order of the help. */
final class Commands {
    private static final Map<String, Function<Invocation, Object>> BY_NAME = new LinkedHashMap<>();

    static {
        BY_NAME.put("up", _ -> new LauncherCommands.Up());
        BY_NAME.put("status", StatusCommand::new);
        BY_NAME.put("down", DownCommand::new);
        BY_NAME.put("apply", ApplyCommand::new);
        BY_NAME.put("get", GetCommand::new);
        BY_NAME.put("release", Commands::release);
        BY_NAME.put("deploy", DeployCommand::new);
        BY_NAME.put("gitops", Commands::gitOps);
        BY_NAME.put("watch", WatchCommand::new);
        BY_NAME.put("logs", LogsCommand::new);
        BY_NAME.put("history", HistoryCommand::new);
        BY_NAME.put("rebuild", RebuildCommand::new);
        BY_NAME.put("rollback", RollbackCommand::new);
        for (Order order : Order.values()) {
            BY_NAME.put(order.verb(), order::commandLine);
        }
        BY_NAME.put("secret", SecretCommand::commandLine);
        BY_NAME.put("agent", _ -> new LauncherCommands.Agent());
        BY_NAME.put("demo", _ -> new LauncherCommands.Demo());
        BY_NAME.put("test", _ -> new LauncherCommands.Test());
        BY_NAME.put("explain", ExplainCommand::new);
        BY_NAME.put("schema", SchemaCommand::new);
        BY_NAME.put("completion", invocation -> new CompletionCommand(invocation, () -> withAll(invocation)));
        BY_NAME.put("help", HelpCommand::new);
    }

    private Commands() {}

    /** The command line for these arguments. Only commands that they name are made: making all takes far longer. */
    static CommandLine commandLine(Invocation invocation, String... arguments) {
        List<String> named =
                Arrays.stream(arguments).filter(BY_NAME::containsKey).distinct().toList();
        CommandLine commandLine;
        if (named.isEmpty() || named.contains("help")) {
            commandLine = withAll(invocation);
            UsageText.applyTo(commandLine);
        } else {
            CommandLine root = root(invocation);
            named.forEach(name -> add(root, name, invocation));
            if (Arrays.asList(arguments).contains("--help")
                    || Arrays.asList(arguments).contains("-h")) {
                UsageText.applyTo(root);
            }
            commandLine = root;
        }
        return configured(commandLine, invocation);
    }

    static CommandLine withAll(Invocation invocation) {
        CommandLine commandLine = root(invocation);
        BY_NAME.keySet().forEach(name -> add(commandLine, name, invocation));
        return commandLine;
    }

    private static CommandLine root(Invocation invocation) {
        CommandLine root = new CommandLine(new RootCommand(invocation));
        root.getCommandSpec().version(SlipwayCli.version());
        return root;
    }

    private static void add(CommandLine root, String name, Invocation invocation) {
        Function<Invocation, Object> maker = BY_NAME.get(name);
        if (maker != null) {
            root.addSubcommand(name, maker.apply(invocation));
        }
    }

    private static CommandLine release(Invocation invocation) {
        return new CommandLine(new ReleaseCommand()).addSubcommand("create", new ReleaseCreateCommand(invocation));
    }

    private static CommandLine gitOps(Invocation invocation) {
        return new CommandLine(new GitOpsCommand()).addSubcommand("deploy", new GitOpsDeployCommand(invocation));
    }

    /** The command line of the program {@code dag-deploy}: that of {@code slipway gitops deploy}, without those words. */
    static CommandLine dagDeploy(Invocation invocation) {
        CommandLine deploy = new CommandLine(new GitOpsDeployCommand(invocation));
        CommandSpec spec = deploy.getCommandSpec();
        spec.name(DagDeploy.NAME).addMixin("options", CommandSpec.forAnnotatedObject(invocation.options()));
        UsageText.applyTo(deploy);
        return configured(deploy, invocation);
    }

    private static CommandLine configured(CommandLine commandLine, Invocation invocation) {
        Failures failures = new Failures(invocation);
        return commandLine
                .setOut(new PrintWriter(invocation.streams().out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(invocation.streams().err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler(failures::misused)
                .setExecutionExceptionHandler(failures::failed)
                .setExitCodeExceptionMapper(_ -> ExitCode.FAILED.number())
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAllowSubcommandsAsOptionParameters(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100);
    }
}
