package dev.slipway.acceptance.shape;

import dev.slipway.acceptance.docker.Docker;
import dev.slipway.acceptance.docker.JdkImage;
import dev.slipway.acceptance.stack.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The image of the repository's Dockerfile, on a base image of this machine. */
record SlipwayImage(String reference, String base) implements AutoCloseable {
    static SlipwayImage build(Path folder) throws IOException {
        String tag = Long.toHexString(ProcessHandle.current().pid());
        SlipwayImage image = new SlipwayImage("slipway-acceptance:" + tag, "slipway-acceptance-base:" + tag);
        JdkImage.importAs(image.base, folder);
        Docker.run(
                "build",
                "--force-rm",
                "--network=none",
                "--build-arg",
                "BASE_IMAGE=" + image.base,
                "--tag",
                image.reference,
                Distribution.repository().toString());
        return image;
    }

    /** Starts a container; its id. */
    String start(List<String> flags) {
        List<String> command = new ArrayList<>(List.of("run", "--detach"));
        command.addAll(flags);
        command.add(reference);
        return Docker.run(command.toArray(String[]::new));
    }

    @Override
    public void close() {
        Docker.run("rmi", "--force", reference, base);
    }
}
