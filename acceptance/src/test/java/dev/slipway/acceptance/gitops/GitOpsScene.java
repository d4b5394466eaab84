package dev.slipway.acceptance.gitops;

import dev.slipway.acceptance.git.BareRepository;
import dev.slipway.acceptance.git.GitServer;
import dev.slipway.acceptance.kubernetes.KubernetesCluster;
import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** An app with its IaC repository on a real Git server, its provider, and a job that may deploy it. */
public final class GitOpsScene implements AutoCloseable {
    static final String TOKEN = "glcbt-canary-of-the-job";

    private final Stack stack;
    private final GitServer git;
    private final BareRepository iac;
    private final GitLabDouble gitLab;
    private final ShopChart chart;
    private final Path folder;

    private GitOpsScene(Stack stack, Path folder) throws IOException {
        this.stack = stack;
        this.folder = folder;
        git = GitServer.start(folder.resolve("git"));
        iac = git.create("iac").seed("main", Map.of("README.md", "What runs in the cluster.\n"));
        gitLab = GitLabDouble.start();
        gitLab.run(TOKEN, 41, "shop/web", "main");
        chart = ShopChart.in(folder.resolve("app/chart"));
        secret("iac-push", GitServer.password());
    }

    public static GitOpsScene of(Stack stack, String name) {
        try {
            return new GitOpsScene(stack, stack.folder(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void secret(String name, String value) {
        stack.cli().runWithInput(value, "secret", "set", name).expect(0);
    }

    /** Declares the project, with an environment that takes the branch main and has {@code more} fields of gitops. */
    public GitOpsScene declare(String... more) {
        return declare(List.of(more), List.of());
    }

    private GitOpsScene declare(List<String> fields, List<String> more) {
        try {
            Path documents = Files.writeString(folder.resolve("gitops.yaml"), documents(fields, more));
            stack.cli().run("apply", "-f", documents.toString()).expect(0);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Declares the project in a namespace that Flux looks after, with {@code more} documents. */
    public GitOpsScene declareInFlux(KubernetesCluster cluster, String namespace, String... more) {
        secret("kubeconfig", cluster.kubeconfig());
        List<String> documents = new ArrayList<>(List.of("{kind: Cluster, name: kwok, kubeconfig: kubeconfig}"));
        documents.addAll(List.of(more));
        return declare(List.of("cluster: kwok", "reconciler: flux", "namespace: " + namespace), documents);
    }

    /** Deploys as a job of GitLab does. */
    public Command.Result deploy(String version, String... more) {
        return deployWith(TOKEN, version, more);
    }

    /** Deploys by way of another address of the API. */
    public Command.Result deployAt(String url, String version, String... more) {
        return deployWith(variables(TOKEN, url), version, more);
    }

    Command.Result deployWith(String token, String version, String... more) {
        return deployWith(variables(token, stack.stackFile().path("url").asString()), version, more);
    }

    private Command.Result deployWith(Map<String, String> variables, String version, String... more) {
        List<String> command =
                new ArrayList<>(List.of("gitops", "deploy", chart.folder().toString(), "--version", version));
        command.addAll(List.of(more));
        return stack.cli().runIn(variables, command.toArray(String[]::new));
    }

    /** Begins a deployment; its id. */
    public String start(String version) {
        return deploy(version, "--no-wait", "--json")
                .expect(0)
                .json()
                .path("id")
                .asString();
    }

    /** What GitLab sets in a job, as far as it matters. */
    private Map<String, String> variables(String token, String url) {
        return Map.of(
                "CI", "true",
                "GITLAB_CI", "true",
                "CI_PROJECT_URL", gitLab.project("shop/web"),
                "CI_JOB_ID", "41",
                "CI_JOB_TOKEN", token,
                "CI_COMMIT_REF_NAME", "main",
                "SLIPWAY_URL", url);
    }

    /** Puts a file of so many bytes into the chart, which no packing makes smaller. */
    public void growChart(int bytes) {
        byte[] content = new byte[bytes];
        new Random(1).nextBytes(content);
        try {
            Files.write(chart.folder().resolve("large"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode newest() {
        JsonNode listed = stack.api()
                .get("/api/deployments?limit=1&environment=shop/production")
                .expect(200)
                .json();
        return stack.deployments().get(listed.path("items").path(0).path("id").asString());
    }

    /** How long pods take in charts that are deployed from now on. */
    public GitOpsScene readyAfter(String delay) throws IOException {
        chart.readyAfter(delay);
        return this;
    }

    public BareRepository iac() {
        return iac;
    }

    public GitServer git() {
        return git;
    }

    GitLabDouble gitLab() {
        return gitLab;
    }

    ShopChart chart() {
        return chart;
    }

    private String documents(List<String> fields, List<String> more) throws IOException {
        List<String> authority = Files.readAllLines(git.certificate());
        return """
                kind: GitProvider
                name: gitlab
                type: gitlab
                url: %s
                ---
                kind: Project
                name: shop
                repository: %s.git
                provider: gitlab
                ---
                kind: IacRepository
                name: iac
                url: %s
                credential: iac-push
                author: {name: Slipway, email: slipway@example.com}
                certificateAuthority: |
                  %s
                ---
                kind: Environment
                project: shop
                name: production
                gitops:
                  branch: main
                  iacRepository: iac
                  path: charts/shop
                  values: {image.tag: "${version}"}
                  releaseName: shop
                  timeout: 5m
                  %s
                %s
                """.formatted(
                        gitLab.url(),
                        gitLab.project("shop/web"),
                        git.https(iac.name()),
                        String.join("\n  ", authority),
                        String.join("\n  ", fields),
                        more.stream().map(document -> "---\n" + document).collect(Collectors.joining("\n")));
    }

    @Override
    public void close() {
        gitLab.close();
        git.close();
    }
}
