package dev.slipway.workflows.gitops;

import dev.slipway.core.gitops.AppEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The commits that deployments ask for. */
final class Commits {
    private Commits() {}

    /** The folder of the environment holds the chart, with trailers that say where it comes from. */
    static ChartChange.Replace replacing(GitOpsInput input) {
        AppEnvironment environment = input.plan().environment();
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put("Slipway-App", environment.app() + "/" + environment.name());
        put(trailers, "Slipway-Job", input.job().url());
        put(trailers, "Slipway-Source", input.job().commit());
        put(trailers, "Slipway-Actor", input.job().actor());
        put(trailers, "Slipway-Rollback-Of", input.rollbackOf());
        return new ChartChange.Replace(
                input.deployment(),
                environment.path(),
                input.chart().digest(),
                input.chart().version(),
                input.plan().values(),
                (input.rollbackOf() == null ? "Deploy " : "Roll back to ") + input.chart() + " to " + environment.app()
                        + " " + environment.name(),
                trailers);
    }

    private static void put(Map<String, String> trailers, String name, @Nullable Object value) {
        if (value != null) {
            trailers.put(name, value.toString());
        }
    }
}
