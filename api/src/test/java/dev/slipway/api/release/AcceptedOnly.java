package dev.slipway.api.release;

import dev.slipway.api.Api;
import dev.slipway.api.deployment.DeploymentIds;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.release.BatchSize;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import dev.slipway.store.deployment.Acceptance;
import dev.slipway.store.release.NewDeployment;

/** Deployments that are accepted and not started: what a process leaves that dies behind the commit. */
final class AcceptedOnly {
    private AcceptedOnly() {}

    /** One to an environment of this name, with one target of this name. */
    static DeploymentId accept(Api api, Acceptance acceptance, DeploymentRequests requests, String name) {
        NewDeployment asked = ask(api, name);
        return acceptance.accept(null, () -> requests.write(asked)).answer().deployment();
    }

    /** What is to be deployed is declared. */
    static NewDeployment ask(Api api, String name) {
        api.apply("kind: Environment\nname: " + name + "\ntargets:\n  - {name: " + name
                        + ", node: n, runtime: docker, component: c, container: " + name + "}")
                .expect(200);
        api.post(
                "/api/releases",
                "{\"name\":\"" + name
                        + "\",\"version\":\"v1\",\"components\":[{\"name\":\"c\",\"image\":\"r.example/i:1\"}]}");
        return new NewDeployment(
                DeploymentIds.next(),
                name,
                ReleaseReference.parse(name + "@v1"),
                new Strategy.Rolling(BatchSize.ONE),
                OnFailure.ROLLBACK,
                false,
                null,
                DeploymentMessage.ACCEPTED.with(),
                Actor.OPERATOR);
    }
}
