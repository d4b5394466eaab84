package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The three targets of the demo: where they are, and the manifest that declares them. */
record DemoStage(Path folder, List<Integer> ports) {
    private static final int TARGETS = 3;
    private static final int FIRST_PORT = 8501;

    static DemoStage build(Path folder) throws IOException {
        Ports free = new Ports(CacheDirectory.ofEnvironment(), _ -> {});
        List<Integer> ports = IntStream.range(0, TARGETS)
                .mapToObj(i -> free.choose("demo-" + (i + 1), FIRST_PORT + i))
                .toList();
        Files.createDirectories(folder);
        DemoStage stage = new DemoStage(folder, ports);
        Files.writeString(stage.manifest(), stage.text());
        return stage;
    }

    Path manifest() {
        return folder.resolve("demo.yaml");
    }

    private String text() {
        StringBuilder text = new StringBuilder("kind: Environment\nname: demo\ntargets:\n");
        for (int i = 0; i < ports.size(); i++) {
            text.append(target(i + 1, ports.get(i)));
        }
        return text.toString();
    }

    private String target(int number, int port) {
        return """
                  - name: demo-%1$d
                    node: local
                    runtime: process
                    component: web
                    directory: "%2$s/demo-%1$d"
                    command: [./start, "%3$d", "${target}"]
                    environment: {JAVA: "%4$s/bin/java"}
                    health:
                      type: http
                      url: "http://127.0.0.1:%3$d/"
                      expectedBody: "${target} runs ${version}"
                      retries: 16
                      interval: 250ms
                """.formatted(number, folder, port, System.getProperty("java.home"));
    }

    Path pack(String version, boolean broken) throws IOException {
        Path archive = folder.resolve("web-" + version + ".tar.gz");
        SampleArchive.write(archive, version, broken);
        return archive;
    }

    List<String> urls() {
        return ports.stream().map(port -> "http://127.0.0.1:" + port + "/").toList();
    }

    /** What each service says of itself, or that it says nothing. */
    List<String> answers() {
        return urls().stream()
                .map(url -> Http.get(url, "").body().strip())
                .map(body -> body.isEmpty() ? "no response" : body)
                .toList();
    }

    List<String> expected(String version) {
        return IntStream.rangeClosed(1, ports.size())
                .mapToObj(i -> "demo-" + i + " runs " + version)
                .toList();
    }

    /** Ends the services; nobody starts them again once the agent is gone. */
    void stopServices() {
        urls().forEach(url -> Http.post(url + "stop"));
    }
}
