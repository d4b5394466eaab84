package dev.slipway.api.gitops;

import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.App;
import dev.slipway.core.gitops.AppEnvironment;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.ConnectionRules;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.Webhook;
import dev.slipway.core.secret.SecretSource;
import dev.slipway.core.text.DidYouMean;
import dev.slipway.store.gitops.GitOpsResources;
import dev.slipway.store.gitops.ResourceKind;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Looks whether what documents speak of is there and may be used, and whether they quarrel with each other. */
@Component
class References {
    private final GitOpsResources resources;
    private final SecretSource secrets;
    private final ConnectionRules rules;

    References(GitOpsResources resources, SecretSource secrets, ConnectionRules rules) {
        this.resources = resources;
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
                    "\"" + credential + "\" was given for " + before.remote().host() + "; store the one for "
                            + declared.remote().host() + " under another name, and name that");
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

    void check(App app) {
        String who = "App " + app.name();
        require(ResourceKind.GIT_PROVIDER, who, "provider", app.provider());
        for (App other : resources.findAll(ResourceKind.APP)) {
            if (!other.name().equals(app.name()) && other.repository().equals(app.repository())) {
                throw refused(who, "repository", app.repository() + " is that of app \"" + other.name() + "\" already");
            }
        }
    }

    void check(AppEnvironment environment) {
        String who = who(environment);
        require(ResourceKind.APP, who, "app", environment.app());
        require(ResourceKind.IAC_REPOSITORY, who, "iacRepository", environment.iacRepository());
        if (environment.cluster() != null) {
            require(ResourceKind.CLUSTER, who, "cluster", environment.cluster());
        }
        for (AppEnvironment other : resources.findAll(ResourceKind.APP_ENVIRONMENT)) {
            if (!who(other).equals(who)) {
                requireApart(environment, other);
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

    private static void requireApart(AppEnvironment environment, AppEnvironment other) {
        if (other.app().equals(environment.app()) && other.branch().equals(environment.branch())) {
            throw refused(
                    who(environment),
                    "branch",
                    "\"" + environment.branch() + "\" is that of " + who(other) + " already");
        }
        boolean overlap = (environment.path() + "/").startsWith(other.path() + "/")
                || (other.path() + "/").startsWith(environment.path() + "/");
        if (overlap && other.iacRepository().equals(environment.iacRepository())) {
            throw refused(
                    who(environment),
                    "path",
                    "\"" + environment.path() + "\" and " + who(other) + " would overwrite each other there");
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

    private static String who(AppEnvironment environment) {
        return "AppEnvironment " + environment.app() + "/" + environment.name();
    }

    private static UnprocessableException refused(String who, String field, String problem) {
        return new UnprocessableException(field, who + ": " + field + ": " + problem);
    }
}
