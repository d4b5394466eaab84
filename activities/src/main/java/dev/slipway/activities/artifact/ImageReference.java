package dev.slipway.activities.artifact;

import dev.slipway.core.failure.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image as people write it, read as Docker reads it. {@code registry} is a host with or without a port,
 * {@code version} a tag or a digest.
 */
record ImageReference(String registry, String path, String version) {
    private static final String DOCKER_HUB = "docker.io";
    private static final String PATH_PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern FORM = Pattern.compile(
            "(?<name>[^@]+?)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?" + "(?:@(?<digest>sha256:[0-9a-f]{64}))?");
    private static final Pattern REGISTRY = Pattern.compile(
            "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*(?::[0-9]{1,5})?"
                    + "|\\[[0-9a-fA-F:]+](?::[0-9]{1,5})?");
    private static final Pattern PATH = Pattern.compile(PATH_PART + "(?:/" + PATH_PART + ")*");
    private static final int LONGEST = 512;

    static ImageReference parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > LONGEST || !form.matches()) {
            throw notAReference(text);
        }
        String name = form.group("name");
        int slash = name.indexOf('/');
        // A first part is a host only if it looks like one; "shop/web" is a repository of Docker Hub.
        boolean hasRegistry =
                slash > 0 && (name.substring(0, slash).matches(".*[.:].*") || name.startsWith("localhost/"));
        String registry = hasRegistry ? name.substring(0, slash) : DOCKER_HUB;
        String path = hasRegistry ? name.substring(slash + 1) : name;
        if (registry.equals(DOCKER_HUB) && path.indexOf('/') < 0) {
            path = "library/" + path;
        }
        if (!REGISTRY.matcher(registry).matches() || !PATH.matcher(path).matches()) {
            throw notAReference(text);
        }
        return new ImageReference(registry, path, version(form));
    }

    /** A digest says more than the tag beside it. */
    private static String version(Matcher form) {
        if (form.group("digest") != null) {
            return form.group("digest");
        }
        return form.group("tag") == null ? "latest" : form.group("tag");
    }

    /** Where the API of the registry is; Docker Hub's is not where its name says. */
    String apiHost() {
        return registry.equals(DOCKER_HUB) ? "registry-1.docker.io" : registry;
    }

    String repository() {
        return registry + "/" + path;
    }

    private static InvalidInputException notAReference(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return new InvalidInputException(
                "image", "invalid image reference \"" + shown + "\": expected [registry/]repository[:tag][@sha256:…]");
    }

    @Override
    public String toString() {
        return repository() + (version.startsWith("sha256:") ? "@" : ":") + version;
    }
}
