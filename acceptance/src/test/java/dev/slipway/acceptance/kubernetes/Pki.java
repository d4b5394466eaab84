package dev.slipway.acceptance.kubernetes;

import dev.slipway.acceptance.stack.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/** An authority of its own, and the keys and certificates of a cluster. */
record Pki(Path folder) {
    static Pki make(Path folder) throws IOException {
        Pki pki = new Pki(Files.createDirectories(folder));
        pki.openssl("ecparam -name prime256v1 -genkey -noout -out ca.key");
        pki.openssl("req -x509 -new -key ca.key -days 3650 -subj /CN=tests -out ca.crt");
        pki.openssl("genrsa -out accounts.key 2048");
        pki.certificate("server", "/CN=kube-apiserver", "subjectAltName=IP:127.0.0.1,IP:10.0.0.1,DNS:localhost");
        pki.certificate("admin", "/O=system:masters/CN=admin", "");
        return pki;
    }

    private void certificate(String name, String subject, String extension) throws IOException {
        Files.writeString(folder.resolve("extensions"), "extendedKeyUsage=serverAuth,clientAuth\n" + extension + "\n");
        openssl("ecparam -name prime256v1 -genkey -noout -out " + name + ".key");
        openssl("req -new -key " + name + ".key -subj " + subject + " -out " + name + ".csr");
        openssl("x509 -req -in " + name + ".csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -extfile extensions"
                + " -out " + name + ".crt");
    }

    private void openssl(String arguments) {
        Command.runAlone(folder, Map.of("PATH", "/usr/bin:/bin"), ("openssl " + arguments).split(" "))
                .expect(0);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String base64(String name) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file(name)));
    }
}
