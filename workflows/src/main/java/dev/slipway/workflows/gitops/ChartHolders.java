package dev.slipway.workflows.gitops;

import dev.slipway.core.release.DeploymentId;
import dev.slipway.workflows.gitops.IacRepositoryWorkflow.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which deployments find their chart in which folder, and so which of them never will again once another one is pushed. */
final class ChartHolders {
    // Several hold a folder where the same chart is deployed again and again. The first of so many have long ended.
    private static final int MOST = 20;

    private final Map<String, List<DeploymentId>> byFolder;

    ChartHolders(Map<String, List<DeploymentId>> byFolder) {
        this.byFolder = new LinkedHashMap<>(byFolder);
    }

    Map<String, List<DeploymentId>> byFolder() {
        return new LinkedHashMap<>(byFolder);
    }

    /** Answers with those that hold their folder no longer. */
    List<DeploymentId> after(Change change, PushOutcome outcome) {
        DeploymentId deployment = change.change().deployment();
        return switch (outcome) {
            case PushOutcome.Committed _ -> replaced(change, deployment);
            case PushOutcome.Unchanged _ -> {
                if (change.change() instanceof ChartChange.Replace) {
                    join(folder(change), deployment);
                }
                yield List.of();
            }
            case PushOutcome.Refused _ -> List.of();
        };
    }

    private List<DeploymentId> replaced(Change change, DeploymentId deployment) {
        List<DeploymentId> before = switch (change.change()) {
            case ChartChange.Replace _ -> byFolder.put(folder(change), List.of(deployment));
            case ChartChange.Revert _ -> byFolder.remove(folder(change));
        };
        return before == null
                ? List.of()
                : before.stream().filter(other -> !other.equals(deployment)).toList();
    }

    private void join(String folder, DeploymentId deployment) {
        List<DeploymentId> holders = new ArrayList<>(byFolder.getOrDefault(folder, List.of()));
        if (!holders.contains(deployment)) {
            holders.add(deployment);
        }
        byFolder.put(folder, List.copyOf(holders.subList(Math.max(0, holders.size() - MOST), holders.size())));
    }

    private static String folder(Change change) {
        String path = switch (change.change()) {
            case ChartChange.Replace replace -> replace.path();
            case ChartChange.Revert revert -> revert.path();
        };
        return change.repository().remote() + " " + change.repository().branch() + " " + path;
    }
}
