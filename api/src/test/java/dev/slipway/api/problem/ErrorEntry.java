package dev.slipway.api.problem;

import static dev.slipway.api.problem.ErrorEntry.Comes.ANYWHERE;
import static dev.slipway.api.problem.ErrorEntry.Comes.IN_DEPLOYMENTS;
import static dev.slipway.api.problem.ErrorEntry.Comes.IN_REQUESTS;

import dev.slipway.core.failure.FailureType;

/** What a person needs to know of a failure; a new one does not compile without it. */
record ErrorEntry(Comes comes, String meaning, String remedy) {
    /** Where a failure is met. */
    enum Comes {
        IN_REQUESTS,
        IN_DEPLOYMENTS,
        ANYWHERE
    }

    static ErrorEntry of(FailureType type) {
        return switch (type) {
            case INVALID_INPUT ->
                anywhere(
                        "The input is invalid. Requests: 400 for malformed input, 422 for invalid values of a manifest or a"
                                + " release.",
                        "Correct the field that it names.");
            case UNKNOWN_ENVIRONMENT ->
                request("There is no environment of this name.", "`slipway get environments`; apply it first.");
            case UNKNOWN_RELEASE ->
                request("There is no release of this name and version.", "`slipway get releases`; create it first.");
            case UNKNOWN_DEPLOYMENT ->
                request("No deployment has this id, or several begin like this.", "`slipway get deployments`.");
            case UNKNOWN_TARGET ->
                request("The deployment has no target of this name.", "`slipway get deployments ID`.");
            case UNKNOWN_ARTIFACT ->
                anywhere("The archive has not been uploaded completely.", "Create the release again; it uploads.");
            case RELEASE_EXISTS ->
                request(
                        "The release exists with different content, and releases are immutable.",
                        "Choose another version.");
            case MISSING_COMPONENT ->
                request(
                        "A target needs a component that the release lacks, or that is an image where the target runs"
                                + " archives, or the other way round.",
                        "Add the component to the release, or change the target.");
            case UNSAFE_ARCHIVE ->
                anywhere(
                        "The archive is malformed or truncated, or not a tar or zip; or an entry is unsafe: its path or"
                                + " link escapes the archive root, it is duplicated, it is a device, it has a setuid"
                                + " bit; or data follows the end.",
                        "Repackage it without the entry that the message names.");
            case ARCHIVE_TOO_LARGE ->
                anywhere(
                        "The archive, or what it unpacks to, is larger than allowed.",
                        "Make it smaller, or raise `slipway.artifacts.largest` and `largest-unpacked` of the server.");
            case DIGEST_MISMATCH ->
                anywhere("The uploaded bytes do not match their digest.", "Upload it again; it was deleted.");
            case IMAGE_NOT_FOUND -> anywhere("The registry has no such image.", "Check its name and tag, or push it.");
            case REGISTRY_REFUSED ->
                anywhere("The registry denied access to the image.", "Check the name, and the login.");
            case REGISTRY_UNAVAILABLE ->
                anywhere(
                        "The registry cannot be reached.",
                        "Usually transient; retry. Check the connection to the registry.");
            case ENVIRONMENT_BUSY ->
                anywhere(
                        "The environment has `concurrency: reject`, and a deployment is running.",
                        "Wait for it, or cancel it.");
            case NOT_POSSIBLE_NOW ->
                request(
                        "Not possible in the current status: the deployment has ended, or the target is not waiting for a"
                                + " decision.",
                        "Check the status: `slipway get deployments ID`.");
            case NO_ROLLBACK_TARGET ->
                request("No other release was ever completed in the environment.", "Deploy the wanted release.");
            case IDEMPOTENCY_KEY_REUSED ->
                request("The `Idempotency-Key` was used for another request.", "Use a new key for a new request.");
            case NO_AGENT_AVAILABLE ->
                deployment(
                        "No agent of the node accepted the step in time: 25 s for the first step of a target, else 60 s.",
                        "Start the agent: `slipway agent --node NAME`.");
            case AGENT_LOST ->
                deployment("Lost contact with the agent during a step.", "Check the node and its agent; see its log.");
            case STEP_TIMED_OUT -> deployment("A step timed out.", "See `slipway logs`; raise the target's `timeout`.");
            case FENCED ->
                deployment(
                        "Stale step: a later one was already applied to the target (fencing).",
                        "Deploy again. The message says what to do if the control plane lost its data.");
            case ARTIFACT_UNAVAILABLE ->
                deployment(
                        "The agent cannot read the archive, or the specification of the target, from the API.",
                        "Usually transient; retry. Check the connection from the node to the API, and the agent's token.");
            case DISK_FULL ->
                anywhere(
                        "The disk of the node, the server or the database is full; the message says which.",
                        "Free space on it, then retry.");
            case COMMAND_NOT_STARTED ->
                deployment(
                        "The target's command cannot be started: it does not exist, or is not executable.",
                        "Check `command`, and the contents of the archive or image.");
            case DOCKER_UNAVAILABLE ->
                deployment(
                        "Docker does not respond on the node.",
                        "Start it; grant the agent's user access to its socket.");
            case DOCKER_REFUSED ->
                deployment(
                        "Docker rejected the request: a port is in use, or the container's name belongs to another owner.",
                        "Do what the message says, then retry.");
            case TARGET_IO ->
                deployment(
                        "The node could not read, write, or end a process.", "Fix the cause that the message names.");
            case UNHEALTHY ->
                deployment(
                        "The health check failed after all retries, or the service kept exiting.",
                        "See `slipway logs ID --target TARGET`.");
            case PREVIOUS_RELEASE_GONE ->
                deployment(
                        "The previous release is neither on the node nor in the artifact store.",
                        "Deploy an existing release.");
            case RESTORATION_GIVEN_UP ->
                deployment(
                        "A rollback reached its time limit before this target was restored, or an operator abandoned"
                                + " it.",
                        "See which version the target runs, fix the node, then deploy to the environment again.");
            case TARGETS_HELD ->
                deployment(
                        "Some targets could not be restored; the message lists each with what it runs.",
                        "Fix them, then deploy to the environment again.");
            case UNKNOWN_PROJECT ->
                request("There is no project of this name.", "`slipway get projects`; apply it first.");
            case UNKNOWN_SECRET ->
                anywhere(
                        "There is no secret of this name.", "`slipway secret list`; set it with `slipway secret set`.");
            case SECRET_UNREADABLE ->
                deployment(
                        "The secret was encrypted with a different key, or was modified in the database.",
                        "Start the server with the original key file, or set the secret again.");
            case NO_MATCHING_ENVIRONMENT ->
                request(
                        "No environment of the project takes the branch.",
                        "Deploy from a branch that the message lists, or apply an environment for this one.");
            case INVALID_CHART -> anywhere("The chart is invalid.", "Correct what the message names; try `helm lint`.");
            case ADDRESS_NOT_ALLOWED ->
                anywhere(
                        "A URL resolves to an address that this installation does not allow, such as loopback.",
                        "Use another URL, or have the operator of the server allow the host.");
            case PROVIDER_UNAVAILABLE ->
                anywhere(
                        "The CI job could not be verified with the Git provider.",
                        "Usually transient; retry. Check the connection to the provider.");
            case GIT_UNAVAILABLE ->
                deployment(
                        "The Git server cannot be reached.", "Usually transient; retry. Check the connection to it.");
            case GIT_REFUSED ->
                deployment(
                        "Wrong credential, unknown host key, or no such repository or branch.",
                        "Correct the `IacRepository`, or its secret.");
            case INVALID_SIGNING_KEY ->
                deployment(
                        "The `signingKey` of an `IacRepository` cannot sign commits.",
                        "The message says why; store another key with `slipway secret set`.");
            case PUSH_REJECTED ->
                deployment(
                        "The repository rejected the push: a hook, or a protected branch.",
                        "Allow the committer to push, or choose another branch.");
            case CLUSTER_UNAVAILABLE ->
                deployment("The cluster cannot be reached.", "Usually transient; retry. Check the connection to it.");
            case CLUSTER_REFUSED ->
                deployment("The cluster denied access.", "Check the `kubeconfig`, and its permissions.");
            case RECONCILIATION_FAILED ->
                deployment(
                        "The reconciler has failed, or a workload cannot become ready.",
                        "The message says why; correct the chart, and deploy again.");
            case RECONCILIATION_TIMED_OUT ->
                deployment(
                        "Timed out waiting for the commit to be reconciled.",
                        "See the last status in the message; raise the environment's `timeout`.");
            case WAITED_TOO_LONG ->
                deployment("Timed out after seven days waiting for the lock of the environment.", "Deploy again.");
            case PAYLOAD_UNREADABLE ->
                deployment(
                        "Temporal holds data that was encrypted with another payload key than the server's.",
                        "Start every server and agent with the same `SLIPWAY_PAYLOAD_KEY_FILE`, then deploy again.");
            case TERMINATED ->
                deployment(
                        "Its workflow was closed in Temporal. Targets stay as they were at that moment.",
                        "Deploy again. To stop a deployment, cancel it.");
            case UNAUTHENTICATED -> request("No token, or an unknown one.", "Send the token of this installation.");
            case FORBIDDEN ->
                request(
                        "The token does not permit the request, for example that of an agent.",
                        "Use the operator's token.");
            case TOO_LARGE -> request("The body is larger than 3 MiB.", "Send a smaller request.");
            case TEMPORAL_UNAVAILABLE -> request("Temporal cannot be reached. Nothing was started.", "Retry shortly.");
            case DATABASE_UNAVAILABLE -> request("The database cannot be reached.", "Retry shortly.");
            case INTERNAL -> anywhere("Internal error.", "See the log of the server or agent.");
        };
    }

    boolean comes(Comes where) {
        return comes == where || comes == ANYWHERE;
    }

    private static ErrorEntry request(String meaning, String remedy) {
        return new ErrorEntry(IN_REQUESTS, meaning, remedy);
    }

    private static ErrorEntry deployment(String meaning, String remedy) {
        return new ErrorEntry(IN_DEPLOYMENTS, meaning, remedy);
    }

    private static ErrorEntry anywhere(String meaning, String remedy) {
        return new ErrorEntry(ANYWHERE, meaning, remedy);
    }
}
