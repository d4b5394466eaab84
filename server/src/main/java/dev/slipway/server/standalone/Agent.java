package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** The agent of the stack's own node. */
record Agent(DataDirectory data, String serverUrl) implements ManagedProcess {
    static final String NODE = "local";

    @Override
    public Part part() {
        return Part.AGENT;
    }

    @Override
    public List<String> command() throws IOException {
        return List.of(
                Programs.agent().toString(),
                "--node",
                NODE,
                "--data",
                data.path().toString());
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    /** It is when the server has heard of it lately. */
    @Override
    public boolean isReady() {
        try {
            String token = Files.readString(data.token()).strip();
            Http.Answer answer = Http.get(serverUrl + "/api/nodes/" + NODE, token);
            return answer.status() == Http.OK && answer.body().replace(" ", "").contains("\"online\":true");
        } catch (IOException e) {
            return false;
        }
    }
}
