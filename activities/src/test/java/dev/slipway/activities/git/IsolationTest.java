package dev.slipway.activities.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.Test;

class IsolationTest {
    @Test
    void readsNothingThatThisMachineHasSetForGit() throws Exception {
        Isolation.enforce();
        SystemReader machine = SystemReader.getInstance();

        assertThat(machine.getenv("PATH")).isNull();
        for (StoredConfig config :
                Set.of(machine.getUserConfig(), machine.getSystemConfig(), machine.getJGitConfig())) {
            config.load();
            config.setString("http", null, "proxy", "http://127.0.0.1:1");
            config.save();
            assertThat(config.getSections()).containsOnly("http");
            config.unset("http", null, "proxy");
        }
    }
}
