package dev.slipway.core.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "git@host:group/app",
                "git@host:group/app.git",
                "git@HOST:group/app.git/",
                "deploy@host:group/app",
                "ssh://git@host/group/app",
                "ssh://git@host:22/group/app",
                "SSH://git@Host:22/group/app.git",
                "ssh://host/group/app.git",
                "https://host/group/app",
                "https://HOST:443/group/app/",
                "https://host/group/app.git",
                "https://host/group/app.git/",
                "https://ci@host/group/app",
                "http://host/group/app",
                "http://host:80/group/app",
            })
    void isOneIdentityHoweverItIsWritten(String text) {
        assertThat(RepositoryUrl.parse("repoUrl", text)).hasToString("host/group/app");
    }

    @ParameterizedTest
    @CsvSource({
        "https://host:8443/group/app,        host:8443/group/app",
        "ssh://git@host:2222/group/app,      host:2222/group/app",
        "ssh://git@host:443/group/app,       host:443/group/app",
        "https://host/Group/App,             host/Group/App",
        "https://host/group/sub/app,         host/group/sub/app",
        "https://host/group/app.github.io,   host/group/app.github.io",
        "https://host/app,                   host/app",
        "https://[::1]/group/app,            '[::1]/group/app'",
    })
    void keepsApartWhatIsNotTheSame(String text, String identity) {
        RepositoryUrl url = RepositoryUrl.parse("repoUrl", text);

        assertThat(url).hasToString(identity);
        assertThat(new RepositoryUrl(url.identity())).isEqualTo(url);
    }

    @Test
    void knowsThePathBehindTheHost() {
        assertThat(RepositoryUrl.parse("repoUrl", "git@host:group/sub/app.git").path())
                .isEqualTo("group/sub/app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://host/.git", "https://host/group/.git", "https://host/.git/", "git@host:.git"})
    void refusesAUrlThatNamesNoRepository(String text) {
        assertThatThrownBy(() -> RepositoryUrl.parse("repoUrl", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("repoUrl: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "host", "host/", "/group/app", "https://host/group/app", "HOST/app", "host//app", "host/a b"
            })
    void isNoIdentityWithoutHostAndPath(String identity) {
        assertThatThrownBy(() -> new RepositoryUrl(identity)).isInstanceOf(InvalidInputException.class);
    }
}
