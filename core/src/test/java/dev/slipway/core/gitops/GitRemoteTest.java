package dev.slipway.core.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitRemoteTest {
    @ParameterizedTest
    @CsvSource({
        "https://git.example.com/shop/iac.git,             https://git.example.com/shop/iac.git",
        "HTTPS://Git.Example.COM/Shop/Iac,                 https://git.example.com/Shop/Iac",
        "https://git.example.com:443/shop/iac,             https://git.example.com/shop/iac",
        "https://git.example.com:8443/shop/iac,            https://git.example.com:8443/shop/iac",
        "https://ci@git.example.com/shop/iac,              https://ci@git.example.com/shop/iac",
        "ssh://git@git.example.com/shop/iac,               ssh://git@git.example.com/shop/iac",
        "ssh://git@git.example.com:22/shop/iac,            ssh://git@git.example.com/shop/iac",
        "ssh://git@git.example.com:2222/shop/iac,          ssh://git@git.example.com:2222/shop/iac",
        "git@git.example.com:shop/iac.git,                 ssh://git@git.example.com/shop/iac.git",
        "https://[::1]:8443/shop/iac,                      https://[::1]:8443/shop/iac",
        "http://127.0.0.1:3000/shop/iac,                   http://127.0.0.1:3000/shop/iac",
        "https://git.example.com/~ops/iac,                 https://git.example.com/~ops/iac",
    })
    void readsUrlsAndTheShortFormOfSsh(String text, String canonical) {
        GitRemote remote = GitRemote.parse("url", text);

        assertThat(remote).hasToString(canonical);
        assertThat(GitRemote.parse("url", canonical)).isEqualTo(remote);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ext::sh -c touch% /tmp/x",
                "ext::git@host:path",
                "fd::17",
                "fd::17/foo",
                "file:///etc",
                "/srv/git/iac.git",
                "../iac.git",
                "git://git.example.com/shop/iac",
                "ftp://git.example.com/shop/iac",
                "git+ssh://git@git.example.com/shop/iac",
                "http::https://git.example.com/shop/iac",
                "https://git.example.com/shop/iac\n",
                "https://git.example.com/shop\n/iac",
                "https://git.example.com/shop/iac\r\nX-Header: 1",
                "https://git.example.com/shop/ia\0c",
                "-oProxyCommand=touch@git.example.com:shop/iac",
                "--upload-pack=touch",
                "https://-oProxyCommand=touch/shop/iac",
                "ssh://-oProxyCommand=touch/shop/iac",
                "ssh://-git@git.example.com/shop/iac",
                "-git@git.example.com:shop/iac",
                "git@-git.example.com:shop/iac",
                "git@git.example.com:-shop/iac",
                "git@git.example.com:shop/iac;touch /tmp/x",
                "https://git.example.com/$(touch)/iac",
                "https://git.example.com/`touch`/iac",
                "https://git.example.com/${IFS}/iac",
                "https://git.example.com/shop/../iac",
                "https://git.example.com/shop/./iac",
                "https://git.example.com/shop/%2e%2e/iac",
                "https://git.example.com/shop//iac",
                "https://git.example.com//shop/iac",
                "https://git.example.com\\shop\\iac",
                "https://git.example.com/shop/iac?ref=x",
                "https://git.example.com/shop/iac#x",
                "https://git.example.com",
                "https://git.example.com/",
                "https:///shop/iac",
                "https://git.example.com:0/shop/iac",
                "https://git.example.com:65536/shop/iac",
                "https://git.example.com:1e3/shop/iac",
                "https://git..example.com/shop/iac",
                "https://git_example/shop/iac",
                "https://git\u212A.example.com/shop/iac",
                "https://git.example.com/shop/\u0131ac",
            })
    void refusesWhatGitOrAShellCouldTakeForSomethingElse(String text) {
        assertThatThrownBy(() -> GitRemote.parse("url", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("url: ")
                .hasMessageNotContainingAny("\n", "\r", "\0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ci:s3cret@git.example.com/shop/iac",
                "https://:s3cret@git.example.com/shop/iac",
                "https://ci:s3cret@git.example.com",
                "https://ci:x@s3cret@git.example.com/shop/iac",
                "https://ci:x/s3cret@git.example.com/shop/iac",
                "ftp://ci:s3cret@git.example.com/shop/iac",
                "ci:s3cret@git.example.com:shop/iac",
                "https://ci:s3cret\n@git.example.com/shop/iac",
                "https://ci:s3cret\u00e9@git.example.com/shop/iac",
                "https://git.example.com/shop/iac?private_token=s3cret",
            })
    void neverRepeatsAPassword(String text) {
        assertThatThrownBy(() -> GitRemote.parse("url", text))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void showsAnAddressWithoutPasswordAsItIs() {
        assertThatThrownBy(() -> GitRemote.parse("url", "https://git@git.example.com/shop;iac"))
                .hasMessageContaining("\"https://git@git.example.com/shop;iac\"");
    }
}
