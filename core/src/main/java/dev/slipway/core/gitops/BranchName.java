package dev.slipway.core.gitops;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import java.util.regex.Pattern;

/** Names of branches: a part of what Git allows (git-check-ref-format), without what a shell or an option could be made of. */
public final class BranchName {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+@=#-]{0,243}");

    private BranchName() {}

    /** Returns {@code name}, or fails naming {@code field}. */
    public static String require(String field, String name) {
        if (!isName(name)) {
            throw new InvalidInputException(field, "invalid branch name \"" + Names.shown(name) + "\"");
        }
        return name;
    }

    static boolean isName(String name) {
        return FORM.matcher(name).matches()
                && !name.equals("HEAD")
                && !name.contains("..")
                && !name.contains("//")
                && !name.contains("@{")
                && !name.contains("/.")
                && !name.endsWith("/")
                && !name.endsWith(".")
                && !name.endsWith(".lock")
                && !name.contains(".lock/");
    }
}
