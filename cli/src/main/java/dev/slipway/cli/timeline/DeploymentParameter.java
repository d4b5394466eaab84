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
                    "invalid deployment id \"" + Untrusted.line(id)
                            + "\": expected an id, or at least its first 4 characters",
                    "list them: slipway get deployments");
        }
        return "/api/deployments/" + id;
    }
}
