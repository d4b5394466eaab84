package dev.slipway.workflows.gitops;

import dev.slipway.core.gitops.GitOpsGround;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commits that deployments ask for. */
final class Commits {
    private Commits() {}

    /** The folder of the environment holds the chart, with trailers that say where it comes from. */
    static ChartChange.Replace replacing(GitOpsInput input) {
        GitOpsGround ground = input.plan().ground();
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Slipway-Environment", input.environment());
        put(trailers, "Slipway-Job", input.job().url());
        put(trailers, "Slipway-Source", input.job().commit());
        put(trailers, "Slipway-Actor", input.job().actor());
        put(trailers, "Slipway-Rollback-Of", input.rollbackOf());
        return new ChartChange.Replace(
                input.deployment(),
                ground.path(),
                input.chart().digest(),
                input.chart().version(),
                input.plan().values(),
                (input.rollbackOf() == null ? "Deploy " : "Roll back to ") + input.chart() + " to "
                        + input.environment(),
                trailers);
    }

    private static void put(Map<String, String> trailers, String name, @Nullable Object value) {
        if (value != null) {
            trailers.put(name, value.toString());
        }
    }
}
