package dev.slipway.core.gitops;

import dev.slipway.core.input.Names;
import dev.slipway.core.manifest.Field;
import dev.slipway.core.manifest.Form;
import dev.slipway.core.manifest.Kind;

/** What is deployed: the code behind one repository, found by its URL. {@code provider} names a {@link GitProvider}. */
@Kind("What is deployed: the code behind one repository.")
public record App(
        @Field(value = "How its environments refer to the app.", form = Form.NAME)
        String name,

        @Field(
                value =
                        "The URL of its code. A job deploys the app whose repository it runs in. Scheme, user, case of the host,"
                                + " usual port, .git and a slash at the end make no difference.",
                form = Form.REPOSITORY)
        RepositoryUrl repository,

        @Field(
                value = "The Git provider that verifies jobs of the repository.",
                form = Form.NAME,
                type = "name of a GitProvider")
        String provider) {
    public App {
        Names.requireName("name", name);
        Names.requireName("provider", provider);
    }
}
