package dev.slipway.core.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "release/1.2",
                "feature/ABC-12_x",
                "dependabot/npm_and_yarn/@types/node-22",
                "fix/#42",
                "a+b",
                "v1"
            })
    void takesWhatPeopleCallTheirBranches(String name) {
        assertThat(BranchName.require("branch", name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-main",
                "--upload-pack=touch",
                ".main",
                "/main",
                "main/",
                "main.",
                "main.lock",
                "main.lock/x",
                "a//b",
                "a/.b",
                "a..b",
                "a@{1}",
                "@",
                "HEAD",
                "a b",
                "a~1",
                "a^",
                "a:b",
                "a?",
                "a*",
                "a[b",
                "a\\b",
                "a\nb",
                "main\n",
                "a\0b",
                "`touch`",
                "$(touch)",
                "${IFS}",
                "a;b",
                "a|b",
                "a&b",
                "a>b",
                "a'b",
                "a\"b",
                "gr\u00fcn",
            })
    void refusesWhatGitOrAShellCouldTakeForSomethingElse(String name) {
        assertThatThrownBy(() -> BranchName.require("branch", name))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("branch: ")
                .hasMessageNotContaining("\n");
    }

    @Test
    void refusesANameThatIsTooLongForAFile() {
        assertThatThrownBy(() -> BranchName.require("branch", "a".repeat(245)))
                .isInstanceOf(InvalidInputException.class);
    }
}
