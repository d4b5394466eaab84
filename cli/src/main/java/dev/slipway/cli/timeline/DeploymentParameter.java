package dev.slipway.cli.timeline;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.terminal.Untrusted;
import java.util.regex.Pattern;

/** The ID of a command line: the id of a deployment, or its beginning as far as that is unique. */
public final class DeploymentParameter {
    private static final Pattern FORM = Pattern.compile("[0-9a-z]{4,32}");

    private DeploymentParameter() {}

    /** The path of the deployment in the API; fails on what can be no id. */
    public static String path(String id) {
        if (!FORM.matcher(id).matches()) {
            throw CommandException.usage(
                    "\"" + Untrusted.line(id) + "\" is no deployment id; an id, or its first 4 characters or more",
                    "to see them: slipway get deployments");
        }
        return "/api/deployments/" + id;
    }
}
