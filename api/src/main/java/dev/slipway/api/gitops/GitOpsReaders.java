package dev.slipway.api.gitops;

import dev.slipway.api.Words;
import dev.slipway.api.manifest.Fields;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.gitops.App;
import dev.slipway.core.gitops.AppEnvironment;
import dev.slipway.core.gitops.BranchPattern;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.OnFailure;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.core.gitops.RepositoryUrl;
import dev.slipway.core.gitops.Webhook;
import dev.slipway.core.input.Durations;
import dev.slipway.core.input.Names;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the documents of {@link GitOpsKinds}. */
final class GitOpsReaders {
    private static final String GITHUB_ISSUER = "https://token.actions.githubusercontent.com";
    private static final String DEFAULT_BRANCH = "main";

    private GitOpsReaders() {}

    static GitProvider gitProvider(Fields fields) {
        String name = fields.text("name");
        String type = fields.text("type");
        String url = fields.text("url");
        String issuer = fields.optionalText("issuer");
        String audience = fields.optionalText("audience");
        return fields.make(() -> {
            GitProvider.Type kind = Words.read("type", type, GitProvider.Type.class);
            return new GitProvider(
                    name,
                    kind,
                    uri("url", url),
                    issuer != null ? uri("issuer", issuer) : defaultIssuer(kind, url),
                    Objects.requireNonNullElse(audience, GitProvider.DEFAULT_AUDIENCE));
        });
    }

    private static @Nullable URI defaultIssuer(GitProvider.Type type, String url) {
        return switch (type) {
            case GITHUB -> URI.create(GITHUB_ISSUER);
            case OIDC -> uri("url", url);
            case GITEA -> uri("url", url + "/api/actions");
            case GITLAB -> null;
        };
    }

    private static URI uri(String field, String text) {
        try {
            return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    field, "\"" + Names.shown(text) + "\" is no address, as in https://gitlab.example.com");
        }
    }

    static IacRepository iacRepository(Fields fields) {
        String name = fields.text("name");
        String url = fields.text("url");
        String branch = fields.optionalText("branch");
        String credential = fields.optionalText("credential");
        IacRepository.Person author = author(fields.optionalObject("author"));
        String authority = fields.optionalText("certificateAuthority");
        List<String> knownHosts = fields.texts("knownHosts");
        String signingKey = fields.optionalText("signingKey");
        return fields.make(() -> new IacRepository(
                name,
                GitRemote.parse("url", url),
                Objects.requireNonNullElse(branch, DEFAULT_BRANCH),
                credential,
                author,
                authority,
                knownHosts,
                signingKey));
    }

    private static IacRepository.Person author(@Nullable Fields fields) {
        if (fields == null) {
            return IacRepository.Person.SLIPWAY;
        }
        String name = fields.text("name");
        String email = fields.text("email");
        fields.done();
        return fields.make(() -> new IacRepository.Person(name, email));
    }

    static Cluster cluster(Fields fields) {
        String name = fields.text("name");
        String kubeconfig = fields.optionalText("kubeconfig");
        return fields.make(() -> new Cluster(name, kubeconfig));
    }

    static App app(Fields fields) {
        String name = fields.text("name");
        String repository = fields.text("repository");
        String provider = fields.text("provider");
        return fields.make(() -> new App(name, RepositoryUrl.parse("repository", repository), provider));
    }

    static AppEnvironment appEnvironment(Fields fields) {
        String app = fields.text("app");
        String name = fields.text("name");
        String branch = fields.text("branch");
        String repository = fields.text("iacRepository");
        String path = fields.text("path");
        Map<String, String> values = fields.textByName("values");
        String cluster = fields.optionalText("cluster");
        String reconciler = fields.optionalText("reconciler");
        String namespace = fields.optionalText("namespace");
        String releaseName = fields.optionalText("releaseName");
        String timeout = fields.optionalText("timeout");
        String nudge = fields.optionalText("nudge");
        String onFailure = fields.optionalText("onFailure");
        return fields.make(() -> new AppEnvironment(
                app,
                name,
                new BranchPattern(branch),
                repository,
                path,
                values,
                cluster,
                reconciler == null ? Reconciler.FLUX : Words.read("reconciler", reconciler, Reconciler.class),
                Objects.requireNonNullElse(namespace, app),
                Objects.requireNonNullElse(releaseName, app),
                timeout == null ? AppEnvironment.DEFAULT_TIMEOUT : Durations.parse("timeout", timeout),
                nudge != null && yes("nudge", nudge),
                onFailure == null ? OnFailure.STOP : Words.read("onFailure", onFailure, OnFailure.class)));
    }

    static Webhook webhook(Fields fields) {
        String name = fields.text("name");
        String type = fields.text("type");
        String secret = fields.text("secret");
        String cluster = fields.optionalText("cluster");
        String repository = fields.optionalText("iacRepository");
        return fields.make(
                () -> new Webhook(name, Words.read("type", type, Webhook.Type.class), secret, cluster, repository));
    }

    private static boolean yes(String field, String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidInputException(field, "\"" + Names.shown(word) + "\" is not true or false");
        };
    }
}
