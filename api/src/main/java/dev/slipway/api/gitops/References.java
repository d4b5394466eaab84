package dev.slipway.api.gitops;

import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.ConnectionRules;
import dev.slipway.core.gitops.GitOpsGround;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.RepositoryUrl;
import dev.slipway.core.gitops.Webhook;
import dev.slipway.core.project.Environment;
import dev.slipway.core.project.Project;
import dev.slipway.core.secret.SecretSource;
import dev.slipway.core.text.DidYouMean;
import dev.slipway.store.fleet.EnvironmentStore;
import dev.slipway.store.gitops.GitOpsResources;
import dev.slipway.store.gitops.ResourceKind;
import dev.slipway.store.project.ProjectStore;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Looks whether what documents speak of is there and may be used, and whether they quarrel with each other. */
@Component
public class References {
    private final GitOpsResources resources;
    private final ProjectStore projects;
    private final EnvironmentStore environments;
    private final SecretSource secrets;
    private final ConnectionRules rules;

    References(
            GitOpsResources resources,
            ProjectStore projects,
            EnvironmentStore environments,
            SecretSource secrets,
            ConnectionRules rules) {
        this.resources = resources;
        this.projects = projects;
        this.environments = environments;
        this.secrets = secrets;
        this.rules = rules;
    }

    /** A credential is given for a host: whoever may change a URL must not have it sent to another one. */
    static void requireSameHost(IacRepository before, IacRepository declared) {
        String credential = declared.credential();
        if (credential != null
                && credential.equals(before.credential())
                && !before.remote().host().equals(declared.remote().host())) {
            throw refused(
                    who(declared),
                    "credential",
                    "\"" + credential + "\" was given for " + before.remote().host() + "; store the secret for "
                            + declared.remote().host() + " under another name, and use that name");
        }
    }

    void check(GitProvider provider) {
        checkHost("GitProvider " + provider.name(), "url", provider.url().getHost());
        URI issuer = provider.issuer();
        if (issuer != null) {
            checkHost("GitProvider " + provider.name(), "issuer", issuer.getHost());
        }
    }

    void check(IacRepository repository) {
        checkHost(who(repository), "url", repository.remote().host());
        String credential = repository.credential();
        if (credential != null) {
            told(who(repository), "credential", () -> secrets.resolve(credential));
        }
        String signingKey = repository.signingKey();
        if (signingKey != null) {
            told(who(repository), "signingKey", () -> {
                String key = secrets.resolve(signingKey);
                rules.checkSigningKey(signingKey, key);
                return key;
            });
        }
    }

    void check(Cluster cluster) {
        String kubeconfig = cluster.kubeconfig();
        if (kubeconfig != null) {
            String who = "Cluster " + cluster.name();
            String text = told(who, "kubeconfig", () -> secrets.resolve(kubeconfig));
            told(who, "kubeconfig", () -> {
                rules.checkKubeconfig(text);
                return text;
            });
        }
    }

    /** No two projects have one repository: a CI job is found by it. */
    public void requireOwnRepository(Project project) {
        RepositoryUrl repository = project.repository();
        if (repository != null) {
            projects.ofRepository(repository)
                    .filter(other -> !other.name().equals(project.name()))
                    .ifPresent(other -> {
                        throw refused(
                                "Project " + project.name(),
                                "repository",
                                repository + " is that of project \"" + other.name() + "\" already");
                    });
        }
    }

    public void check(Project project) {
        String provider = project.provider();
        if (provider != null) {
            require(ResourceKind.GIT_PROVIDER, "Project " + project.name(), "provider", provider);
        }
    }

    /** Asked before the environment is applied, which could not be without its project. */
    public void requireProject(Environment environment) {
        List<String> names = projects.findAll().stream().map(Project::name).toList();
        if (!names.contains(environment.project())) {
            throw refused(
                    who(environment),
                    "project",
                    "there is no Project \"" + environment.project() + "\""
                            + DidYouMean.sentence(environment.project(), names));
        }
    }

    public void check(Environment environment) {
        GitOpsGround ground = environment.gitops();
        if (ground == null) {
            return;
        }
        String who = who(environment);
        require(ResourceKind.IAC_REPOSITORY, who, "gitops.iacRepository", ground.iacRepository());
        String cluster = ground.cluster();
        if (cluster != null) {
            require(ResourceKind.CLUSTER, who, "gitops.cluster", cluster);
        }
        for (Environment other : environments.withGitOps(null)) {
            GitOpsGround otherGround = other.gitops();
            if (otherGround != null && !other.id().equals(environment.id())) {
                requireApart(environment, ground, other, otherGround);
            }
        }
    }

    void check(Webhook webhook) {
        String who = "Webhook " + webhook.name();
        told(who, "secret", () -> webhook.key(secrets.resolve(webhook.secret())));
        if (webhook.cluster() != null) {
            require(ResourceKind.CLUSTER, who, "cluster", webhook.cluster());
        }
        if (webhook.iacRepository() != null) {
            require(ResourceKind.IAC_REPOSITORY, who, "iacRepository", webhook.iacRepository());
        }
    }

    private static void requireApart(
            Environment environment, GitOpsGround ground, Environment other, GitOpsGround otherGround) {
        if (other.project().equals(environment.project())
                && otherGround.branch().equals(ground.branch())) {
            throw refused(
                    who(environment),
                    "gitops.branch",
                    "\"" + ground.branch() + "\" is that of " + who(other) + " already");
        }
        boolean overlap = (ground.path() + "/").startsWith(otherGround.path() + "/")
                || (otherGround.path() + "/").startsWith(ground.path() + "/");
        if (overlap && otherGround.iacRepository().equals(ground.iacRepository())) {
            throw refused(
                    who(environment),
                    "gitops.path",
                    "\"" + ground.path() + "\" and " + who(other) + " would overwrite each other there");
        }
    }

    private <T> void require(ResourceKind<T> kind, String who, String field, String wanted) {
        List<String> names = resources.findAll(kind).stream().map(kind.nameOf()).toList();
        if (!names.contains(wanted)) {
            throw refused(
                    who,
                    field,
                    "there is no " + kind.name() + " \"" + wanted + "\"" + DidYouMean.sentence(wanted, names));
        }
    }

    private void checkHost(String who, String field, String host) {
        told(who, field, () -> {
            rules.checkHost(host);
            return host;
        });
    }

    private static <T> T told(String who, String field, Supplier<T> question) {
        try {
            return question.get();
        } catch (InvalidInputException e) {
            throw refused(who, field, e.problem());
        } catch (SlipwayException e) {
            throw refused(who, field, String.valueOf(e.getMessage()));
        }
    }

    private static String who(IacRepository repository) {
        return "IacRepository " + repository.name();
    }

    private static String who(Environment environment) {
        return "Environment " + environment.id();
    }

    private static UnprocessableException refused(String who, String field, String problem) {
        return new UnprocessableException(field, who + ": " + field + ": " + problem);
    }
}
