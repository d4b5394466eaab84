package dev.slipway.cli.gitops;

import dev.slipway.cli.chart.ChartArchive;
import dev.slipway.cli.connection.Call;
import dev.slipway.cli.connection.Multipart;
import dev.slipway.core.artifact.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job asks of Slipway. {@code attempt} tells apart the runs of a job that keeps its id. */
record DeployRequest(
        ChartArchive chart, String repository, @Nullable String jobId, String attempt, String token, String version) {
    private static final String PATH = "/api/deploy";
    private static final int KEY_LENGTH = 40;

    /** The call, which may be sent again by this run, and by a run that knows nothing of this one. */
    Call call() {
        Multipart form = new Multipart()
                .file("chart", "chart.tgz", "application/gzip", chart.bytes())
                .field("repoUrl", repository);
        if (jobId != null) {
            form.field("jobId", jobId);
        }
        form.field("jobToken", token).field("version", version);
        return Call.post(PATH, form).withIdempotencyKey(key());
    }

    // Without the token: a step that is repeated has another one.
    private String key() {
        String asked = String.join(
                "\n",
                List.of(
                        repository,
                        jobId == null ? "" : jobId,
                        attempt,
                        version,
                        chart.digest().toString()));
        return "gitops-" + Digest.of(asked).hex().substring(0, KEY_LENGTH);
    }

    @Override
    public String toString() {
        return "DeployRequest[" + chart.identity() + ", " + repository + ", " + jobId + ", ***, " + version + "]";
    }
}
