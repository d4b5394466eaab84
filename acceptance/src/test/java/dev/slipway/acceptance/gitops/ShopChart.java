package dev.slipway.acceptance.gitops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The chart of a sample app, as it lies in its own repository. */
record ShopChart(Path folder) {
    static ShopChart in(Path folder) throws IOException {
        Path templates = Files.createDirectories(folder.resolve("templates"));
        Files.writeString(folder.resolve("Chart.yaml"), """
                apiVersion: v2
                name: shop
                # The pipeline sets it.
                version: 0.0.0
                appVersion: "0.0.0"
                """);
        Files.writeString(templates.resolve("deployment.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: {{ .Release.Name }}}
                spec:
                  replicas: {{ .Values.replicas }}
                  selector: {matchLabels: {app: {{ .Release.Name }}}}
                  template:
                    metadata:
                      labels: {app: {{ .Release.Name }}}
                      annotations:
                        version: {{ .Chart.AppVersion | quote }}
                        test/ready-delay: {{ .Values.readyDelay | quote }}
                    spec:
                      containers: [{name: app, image: "shop:{{ .Values.image.prefix }}{{ .Values.image.tag }}"}]
                """);
        return new ShopChart(folder).tagged("v");
    }

    /** {@code prefix} stands before the version in the image's tag. */
    ShopChart tagged(String prefix) throws IOException {
        return values(prefix, "0s");
    }

    void readyAfter(String delay) throws IOException {
        values("v", delay);
    }

    private ShopChart values(String prefix, String readyDelay) throws IOException {
        Files.writeString(folder.resolve("values.yaml"), """
                replicas: 2
                readyDelay: %s
                image:
                  prefix: %s # stands before the tag
                  tag: none
                """.formatted(readyDelay, prefix));
        return this;
    }
}
