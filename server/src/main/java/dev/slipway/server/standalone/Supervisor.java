package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The shell that starts this process again when it is killed: {@code lib/supervise.sh}. */
record Supervisor(DataDirectory data, long pid) {
    /** Without one, as in tests, this process stands for it. */
    static Supervisor ofThisProcess(DataDirectory data) {
        return new Supervisor(
                data, Long.getLong("slipway.supervisor", ProcessHandle.current().pid()));
    }

    boolean isAlive() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** A new one, which begins with this process as it runs. */
    Supervisor replace() throws IOException {
        Process shell = launch(
                data,
                0,
                Map.of(
                        "SLIPWAY_SUPERVISED",
                                Long.toString(ProcessHandle.current().pid()),
                        "SLIPWAY_STACK_FILE", data.stackFile().toString()));
        return new Supervisor(data, shell.pid());
    }

    /** Starts a supervisor that outlives the terminal, and with it the stack. */
    static Process launch(DataDirectory data, int port, Map<String, String> variables) throws IOException {
        List<String> command = new ArrayList<>();
        SearchPath.ofEnvironment()
                .find("setsid")
                .ifPresentOrElse(setsid -> command.add(setsid.toString()), () -> command.add("nohup"));
        command.addAll(List.of(
                Programs.server().toString(), "up", "--data", data.path().toString()));
        command.addAll(List.of("--port", Integer.toString(port)));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(data.log("supervisor").toFile()));
        builder.environment().putAll(variables);
        return builder.start();
    }
}
