package dev.slipway.agent.process;

import dev.slipway.agent.health.CommandOutput;
import dev.slipway.agent.health.Subject;
import dev.slipway.core.secret.Mask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A supervised service, as a health check sees it. */
record ServiceSubject(Service service, Path folder, Map<String, String> environment, Mask mask) implements Subject {
    @Override
    public Life life() {
        return service.life();
    }

    @Override
    public Exit run(List<String> command, Duration timeout) throws InterruptedException {
        return HealthCommand.run(command, folder, environment, timeout, new CommandOutput(mask));
    }

    @Override
    public List<String> lastOutput() {
        return service.output().lastLines(mask);
    }
}
