package dev.slipway.acceptance.git;

import dev.slipway.acceptance.stack.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A repository of a server, seen from within by the command line of Git. */
public record BareRepository(Path folder) {
    /** An empty one, which takes pushes and refuses those that are no fast-forward. */
    static BareRepository create(Path folder) {
        Command.run("git", "init", "--quiet", "--bare", "--initial-branch=main", folder.toString())
                .expect(0);
        BareRepository repository = new BareRepository(folder);
        repository.git("config", "http.receivepack", "true");
        repository.git("config", "receive.denyNonFastForwards", "true");
        return repository;
    }

    public String name() {
        return String.valueOf(folder.getFileName());
    }

    /** What a command prints; fails unless it succeeds. */
    public String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "--git-dir=" + folder));
        command.addAll(List.of(arguments));
        return Command.run(command.toArray(String[]::new)).expect(0).output().strip();
    }

    /** Makes the first commit of {@code branch}. */
    public BareRepository seed(String branch, Map<String, String> files) {
        try {
            Path tree = Files.createTempDirectory(folder.getParent(), "seed");
            String[] inTree = {"git", "-C", tree.toString(), "-c", "user.name=Eve", "-c", "user.email=eve@example.com"};
            run(inTree, "init", "--quiet", "--initial-branch=" + branch);
            for (Map.Entry<String, String> file : files.entrySet()) {
                Path path = tree.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, file.getValue());
            }
            run(inTree, "add", "--all");
            run(inTree, "commit", "--quiet", "--message=Begin");
            run(inTree, "push", "--quiet", folder.toString(), branch);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a file as a person does who clones, commits, and pushes again until nobody was quicker. */
    public void commitByHand(String file) {
        commitByHand(file, file.getBytes(StandardCharsets.UTF_8));
    }

    void commitByHand(String file, byte[] content) {
        try {
            Path tree = Files.createTempDirectory(folder.getParent(), "hand");
            String[] inTree = {"git", "-C", tree.toString(), "-c", "user.name=Eve", "-c", "user.email=eve@example.com"};
            run(inTree, "clone", "--quiet", "--branch=main", folder.toString(), ".");
            Path path = tree.resolve(file);
            Files.createDirectories(path.getParent());
            Files.write(path, content);
            run(inTree, "add", "--all");
            run(inTree, "commit", "--quiet", "--message=By hand");
            List<String> push = new ArrayList<>(List.of(inTree));
            push.addAll(List.of("push", "--quiet", "origin", "main"));
            while (Command.run(push.toArray(String[]::new)).exitCode() != 0) {
                run(inTree, "pull", "--quiet", "--rebase", "origin", "main");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String[] command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        Command.run(all.toArray(String[]::new)).expect(0);
    }

    /** Installs a hook: a shell script. */
    public void hook(String name, String script) {
        try {
            Path hook = folder.resolve("hooks").resolve(name);
            Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
            if (!hook.toFile().setExecutable(true)) {
                throw new AssertionError("No hook can be made of " + hook);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String head() {
        return git("rev-parse", "refs/heads/main");
    }

    public List<String> files() {
        return git("ls-tree", "-r", "--name-only", "main").lines().toList();
    }

    public String content(String path) {
        return git("show", "main:" + path);
    }

    /** The values of a trailer over the whole branch, the latest first. */
    public List<String> trailers(String key) {
        return git("log", "--format=%(trailers:key=" + key + ",valueonly)", "main")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    public int commits() {
        return Integer.parseInt(git("rev-list", "--count", "main"));
    }

    public int merges() {
        return Integer.parseInt(git("rev-list", "--count", "--min-parents=2", "main"));
    }
}
