package dev.slipway.core.project;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.gitops.RepositoryUrl;
import dev.slipway.core.input.Names;
import dev.slipway.core.manifest.Field;
import dev.slipway.core.manifest.Form;
import dev.slipway.core.manifest.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a team owns: environments, and what is deployed to them. {@code provider} names a Git provider; a CI job finds the
 * project by the repository that it runs in.
 */
@Kind("What a team owns: environments, and what is deployed to them. The project default is always there.")
public record Project(
        @Field(value = "Names in it are written PROJECT/NAME from elsewhere.", form = Form.NAME)
        String name,

        @Field(
                value =
                        "The URL of its code. A CI job deploys the project whose repository it runs in. Scheme, user, case of"
                                + " the host, usual port, .git and a slash at the end make no difference.",
                form = Form.REPOSITORY)
        @Nullable
        RepositoryUrl repository,

        @Field(
                value = "Verifies the CI jobs of the repository. Goes with repository.",
                form = Form.NAME,
                type = "name of a GitProvider")
        @Nullable
        String provider) {
    public Project {
        Names.requireName("name", name);
        if (provider != null) {
            Names.requireName("provider", provider);
        }
        if ((repository == null) != (provider == null)) {
            throw new InvalidInputException(
                    repository == null ? "repository" : "provider", "is missing; repository and provider go together");
        }
    }
}
