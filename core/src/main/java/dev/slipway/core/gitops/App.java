package dev.slipway.core.gitops;

import dev.slipway.core.input.Names;

/** What is deployed: the code behind one repository, found by its URL. {@code provider} names a {@link GitProvider}. */
public record App(String name, RepositoryUrl repository, String provider) {
    public App {
        Names.requireName("name", name);
        Names.requireName("provider", provider);
    }
}
