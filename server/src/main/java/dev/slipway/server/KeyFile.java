package dev.slipway.server;

import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/**
 * A setting that names the file of a key, without which this process does not start.
 *
 * @param name of the key, such as {@code payload}
 * @param caution what to know before a key is made
 */
record KeyFile(String name, String caution) {
    <K> K read(String file, Function<String, K> key) {
        if (file.isBlank()) {
            throw new StartupException("slipway." + name + "-key-file is not set", hint());
        }
        try {
            return key.apply(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new StartupException("The " + name + " key file " + file + " cannot be read", hint());
        } catch (SlipwayException e) {
            throw new StartupException(file + " contains no " + name + " key: the Base64 of 32 bytes", hint());
        }
    }

    private String hint() {
        return "Create one with: openssl rand -base64 32 > FILE && chmod 600 FILE, and set SLIPWAY_%s_KEY_FILE. %s"
                .formatted(name.toUpperCase(Locale.ROOT), caution);
    }
}
