package dev.slipway.cli.gitops;

import dev.slipway.cli.chart.ChartArchive;
import dev.slipway.cli.chart.ChartFinder;
import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.command.Timeout;
import dev.slipway.cli.terminal.Untrusted;
import dev.slipway.core.gitops.GitProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "deploy",
        description = "Commit a chart to the IaC repository, and follow it until the cluster runs it.",
        footer = {
            "",
            "In a job of GitLab CI, GitHub Actions or Gitea Actions no options are needed: repository, job, token",
            "and version come from the environment; SLIPWAY_URL is the address of Slipway. The version is that",
            "of the tag (v1.4.2 makes 1.4.2), else that of Chart.yaml with the commit (1.4.2-g0123456789ab).",
            "",
            "dag-deploy is an alias of this command that exits with 0 or 1 only.",
            "",
            "Examples:",
            "  slipway gitops deploy",
            "  slipway gitops deploy ./charts/shop --version 1.4.2",
            "  slipway gitops deploy shop-1.4.2.tgz --app-repository https://git.example.com/shop/web \\",
            "    --job-id 42 --job-token-file token --json"
        })
public final class GitOpsDeployCommand implements Callable<Integer> {
    private static final Duration USUAL_TIMEOUT = Duration.ofMinutes(30);

    private final Invocation invocation;

    @Parameters(
            arity = "0..1",
            paramLabel = "CHART",
            description = "Folder of a chart, or a packed one. Default: . or chart, helm, deploy/chart, or the only one"
                    + " up to three folders deep.")
    private @Nullable String chart;

    @Option(
            names = "--version",
            paramLabel = "V",
            description = "Semantic version of the chart (default: of the tag, else of Chart.yaml and the commit).")
    private @Nullable String version;

    @Option(
            names = "--app-repository",
            paramLabel = "URL",
            description = "Repository of the app (default: that of the CI job).")
    private @Nullable String repository;

    @Option(names = "--job-id", paramLabel = "ID", description = "Id of the CI job (default: that of this job).")
    private @Nullable String jobId;

    @Option(
            names = "--job-token-file",
            paramLabel = "FILE|-",
            description =
                    "File with the token that authenticates the job, or - for standard input (default: the job's own).")
    private @Nullable String tokenFile;

    @Option(
            names = "--audience",
            paramLabel = "TEXT",
            defaultValue = GitProvider.DEFAULT_AUDIENCE,
            description = "Audience of the OIDC token (default: ${DEFAULT-VALUE}).")
    private String audience = GitProvider.DEFAULT_AUDIENCE;

    @Option(names = "--no-wait", description = "Print the id of the deployment and do not wait.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Timeout.class,
            description = "Wait no longer than this (default: 30m); then exit with 3. The deployment continues.")
    private @Nullable Duration timeout;

    public GitOpsDeployCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (noWait && timeout != null) {
            throw CommandException.usage("--timeout and --no-wait exclude each other", null);
        }
        CiJob job = CiJob.of(invocation.surroundings());
        // What is wrong with the chart is told before anybody is asked for anything.
        Path path = ChartFinder.find(invocation.surroundings().directory(), chart);
        ChartArchive archive = ChartArchive.of(path);
        String deployed = ChartVersion.of(version, job, archive.identity());
        Slipway slipway = Slipway.find(invocation, job.system());
        DeployRequest request = new DeployRequest(
                archive,
                require("--app-repository", "URL", repository, job.repository()),
                jobId == null ? job.id() : jobId,
                job.attempt(),
                JobToken.find(invocation, job.system(), tokenFile, audience),
                deployed);
        invocation
                .terminal()
                .note(Untrusted.line("sends " + archive.identity().name() + " as " + deployed + ": " + path + ", "
                        + archive.files() + " files, " + archive.bytes().length + " bytes"));
        Submitted submitted = slipway.deploy(request);
        return new Pipeline(invocation, job.system(), submitted)
                .report(deployed, !noWait, timeout == null ? USUAL_TIMEOUT : timeout);
    }

    private static String require(String option, String label, @Nullable String given, @Nullable String found) {
        String value = given == null ? found : given;
        if (value == null) {
            throw CommandException.usage(
                    "not in a job of GitLab CI, GitHub Actions or Gitea Actions that names its repository",
                    "give " + option + " " + label);
        }
        return value;
    }
}
