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
                        "What was sent cannot be accepted as it stands. Requests: 400 for the form, 422 for values of"
                                + " a manifest or a release.",
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
                anywhere("The archive was not uploaded, or not to its end.", "Create the release again; it uploads.");
            case RELEASE_EXISTS ->
                request(
                        "The release exists with other content, and a release never changes.",
                        "Choose another version.");
            case MISSING_COMPONENT ->
                request(
                        "A target needs a component that the release lacks, or that is an image where the target runs"
                                + " archives, or the other way round.",
                        "Add the component to the release, or change the target.");
            case UNSAFE_ARCHIVE ->
                anywhere(
                        "The archive is malformed or truncated, or not a tar or zip; or an entry is unsafe: its path or"
                                + " link escapes the archive root, it is there twice, it is a device, it has a setuid"
                                + " bit; or data follows the end.",
                        "Repackage it without the entry that the message names.");
            case ARCHIVE_TOO_LARGE ->
                anywhere(
                        "The archive, or what it unpacks to, is larger than allowed.",
                        "Make it smaller, or raise `slipway.artifacts.largest` and `largest-unpacked` of the server.");
            case DIGEST_MISMATCH ->
                anywhere("What arrived is not what its digest says.", "Upload it again; it was dropped.");
            case IMAGE_NOT_FOUND -> anywhere("The registry has no such image.", "Check its name and tag, or push it.");
            case REGISTRY_REFUSED ->
                anywhere("The registry does not let Slipway read the image.", "Check the name, and the login.");
            case REGISTRY_UNAVAILABLE ->
                anywhere("The registry cannot be asked.", "It may pass by itself. Check the way to the registry.");
            case ENVIRONMENT_BUSY ->
                anywhere(
                        "The environment has `concurrency: reject`, and a deployment is under way.",
                        "Wait for it, or cancel it.");
            case NOT_POSSIBLE_NOW ->
                request(
                        "It makes no sense at this moment: the deployment has ended, or the target does not wait for a"
                                + " person.",
                        "Look at it with `slipway get deployments ID`.");
            case NO_ROLLBACK_TARGET ->
                request(
                        "No other release was ever completed in the environment.",
                        "Deploy the release that shall run.");
            case IDEMPOTENCY_KEY_REUSED ->
                request("The `Idempotency-Key` was used for another request.", "Use a new key for a new request.");
            case NO_AGENT_AVAILABLE ->
                deployment(
                        "No agent of the node took the step in time: 25 s for the first step of a target, else 60 s.",
                        "Start the agent: `slipway agent --node NAME`.");
            case AGENT_LOST ->
                deployment("The agent took a step and fell silent.", "Check the node and its agent; see its log.");
            case STEP_TIMED_OUT ->
                deployment("A step did not end in time.", "See `slipway logs`; raise the target's `timeout`.");
            case FENCED ->
                deployment(
                        "The step came too late: a later one has touched the target already.",
                        "Deploy again. The message says what to do if the control plane lost its data.");
            case ARTIFACT_UNAVAILABLE ->
                deployment(
                        "The agent cannot get the archive, or what the target declares, from the API.",
                        "It may pass by itself. Check the way from the node to the API, and the agent's token.");
            case DISK_FULL ->
                anywhere(
                        "A disk is full: of the node, of the server, or of the database; the message says which.",
                        "Free space there, then retry.");
            case COMMAND_NOT_STARTED ->
                deployment(
                        "The target's command cannot be started: it is not there, or not executable.",
                        "Check `command`, and what the archive or image holds.");
            case DOCKER_UNAVAILABLE ->
                deployment("Docker does not answer on the node.", "Start it; let the agent's user reach its socket.");
            case DOCKER_REFUSED ->
                deployment(
                        "Docker will not do it: a port is taken, or the container's name belongs to somebody else.",
                        "Do what the message says, then retry.");
            case TARGET_IO ->
                deployment("The node could not read, write, or end a process.", "Mend what the message names.");
            case UNHEALTHY ->
                deployment(
                        "The health check was used up, or the service ended again and again.",
                        "See `slipway logs ID --target TARGET`.");
            case PREVIOUS_RELEASE_GONE ->
                deployment(
                        "What ran before is neither on the node nor in the artifact store any more.",
                        "Deploy a release that exists.");
            case RESTORATION_GIVEN_UP ->
                deployment(
                        "A rollback reached its time limit before this target was restored, or an operator abandoned"
                                + " it.",
                        "See which version the target runs, fix the node, then deploy to the environment again.");
            case TARGETS_HELD ->
                deployment(
                        "Some targets could not be brought back; the message lists each with what it runs.",
                        "Mend them, then deploy to the environment again.");
            case UNKNOWN_PROJECT ->
                request("There is no project of this name.", "`slipway get projects`; apply it first.");
            case UNKNOWN_SECRET ->
                anywhere(
                        "There is no secret of this name.", "`slipway secret list`; set it with `slipway secret set`.");
            case SECRET_UNREADABLE ->
                deployment(
                        "The secret was stored with another key than the server has, or was changed in the database.",
                        "Give the server the key file that it was stored with, or set the secret again.");
            case NO_MATCHING_ENVIRONMENT ->
                request(
                        "No environment of the project takes the branch.",
                        "Deploy from a branch that the message lists, or apply an environment for this one.");
            case INVALID_CHART ->
                anywhere("The chart cannot be taken as it is.", "Correct what the message names; try `helm lint`.");
            case ADDRESS_NOT_ALLOWED ->
                anywhere(
                        "A URL leads to where this installation does not go, such as the machine itself.",
                        "Use another URL, or let whoever runs the server allow the host.");
            case PROVIDER_UNAVAILABLE ->
                anywhere(
                        "The Git provider does not tell whether the job is genuine.",
                        "It may pass by itself. Check the way to the provider.");
            case GIT_UNAVAILABLE ->
                deployment("The Git server cannot be reached.", "It may pass by itself. Check the way to it.");
            case GIT_REFUSED ->
                deployment(
                        "The Git server knows neither the credential nor the host key, or has no such repository or"
                                + " branch.",
                        "Correct the `IacRepository`, or its secret.");
            case INVALID_SIGNING_KEY ->
                deployment(
                        "What is stored as the `signingKey` of an `IacRepository` is no key that may sign commits now.",
                        "The message tells why; store another key with `slipway secret set`.");
            case PUSH_REJECTED ->
                deployment(
                        "The repository takes no push to the branch: a hook, or a protected branch.",
                        "Let the committer push there, or choose another branch.");
            case CLUSTER_UNAVAILABLE ->
                deployment("The cluster cannot be reached.", "It may pass by itself. Check the way to it.");
            case CLUSTER_REFUSED ->
                deployment("The cluster does not let Slipway look.", "Check the `kubeconfig`, and its rights.");
            case RECONCILIATION_FAILED ->
                deployment(
                        "The reconciler has given up, or a workload cannot become ready.",
                        "The message tells why; correct the chart, and deploy again.");
            case RECONCILIATION_TIMED_OUT ->
                deployment(
                        "The cluster did not become what the commit says in time.",
                        "See what was still missing; raise the environment's `timeout`.");
            case WAITED_TOO_LONG -> deployment("It waited seven days for its turn.", "Deploy again.");
            case PAYLOAD_UNREADABLE ->
                deployment(
                        "Temporal holds data that was encrypted with another payload key than the server's.",
                        "Start every server and agent with the same `SLIPWAY_PAYLOAD_KEY_FILE`, then deploy again.");
            case TERMINATED ->
                deployment(
                        "Its workflow was ended in Temporal from outside. Targets stay as they were at that moment.",
                        "Deploy again. To stop a deployment, cancel it.");
            case UNAUTHENTICATED -> request("No token, or an unknown one.", "Send the token of this installation.");
            case FORBIDDEN -> request("The token is an agent's, which may not do this.", "Use the operator's token.");
            case TOO_LARGE -> request("The body is larger than 3 MiB.", "Send less at once.");
            case TEMPORAL_UNAVAILABLE ->
                request("Temporal cannot be reached. Nothing was started.", "Try again in a moment.");
            case DATABASE_UNAVAILABLE -> request("The database cannot be reached.", "Try again in a moment.");
            case INTERNAL -> anywhere("Slipway failed to do it.", "The log of the server or agent says why.");
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
