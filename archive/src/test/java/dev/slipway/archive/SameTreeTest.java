package dev.slipway.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as people pack them unpack to what {@code tar} and {@code unzip} make of them. */
class SameTreeTest {
    private static final String SAMPLE = """
        mkdir -p app/bin app/lib/deep app/empty 'app/with blank' app/node_modules/.bin app/node_modules/tool/bin
        printf '#!/bin/sh\\n' > app/bin/run; chmod 755 app/bin/run
        echo secret > app/bin/private; chmod 600 app/bin/private
        echo fixed > app/lib/fixed; chmod 444 app/lib/fixed
        : > app/lib/nothing
        head -c 300000 /dev/urandom > app/lib/libx.so.1.2; ln -s libx.so.1.2 app/lib/libx.so.1; ln -s libx.so.1 app/lib/libx.so
        echo tool > app/node_modules/tool/bin/cli.js; ln -s ../tool/bin/cli.js app/node_modules/.bin/tool
        ln -s lib app/lib64; ln -s ../lib64/../bin app/lib/deep-bin; ln -s ../../lib64/libx.so app/lib/deep/x
        ln -s log/not-yet app/dangling; ln -s . app/here
        echo 1 > 'app/with blank/größe ✓'; echo 2 > "app/$(printf 'n%.0s' $(seq 200))"
        mkdir -p "app/$(printf 'long/%.0s' $(seq 30))"; echo 3 > "app/$(printf 'long/%.0s' $(seq 30))file"
        mkdir app/closed; echo 4 > app/closed/file; chmod 555 app/closed
        """;

    @TempDir
    Path folder;

    @BeforeEach
    void pack() throws Exception {
        assumeTrue(
                run("for p in tar unzip zip zstd xz gzip python3; do command -v $p > /dev/null || exit 1; done") == 0,
                "needs tar, unzip, zip, zstd, xz, gzip and python3");
        sh(SAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tar -C app -czf archive .",
                "tar -C app -cf archive .",
                "tar -cf archive app",
                "tar -C app --zstd -cf archive .",
                "tar -C app -cJf archive .",
                "tar -C app -cf - . | zstd -19 --long=24 -qc > archive",
                "tar -C app -cf - . | split -b 50000 --filter 'gzip -c' - > archive",
                "tar -C app -cf - . | split -b 50000 --filter 'xz -0 -c' - > archive",
                "tar -C app -cf - . | split -b 50000 --filter 'zstd -qc' - > archive",
                "tar -C app --format=posix -czf archive .",
                "tar -C app --format=gnu -czf archive .",
                "ln app/bin/run app/again; ln app/bin/run app/lib/again; tar -C app -czf archive .",
                "ln -P app/lib/libx.so app/lib/same-link; tar -C app -czf archive .",
                "truncate -s 3000000 app/hole; echo x >> app/hole; tar -C app -S --format=posix -czf archive .",
                "truncate -s 3000000 app/hole; echo x >> app/hole; tar -C app -S --format=gnu -czf archive .",
                "python3 -c \"import tarfile; tarfile.open('archive', 'w:gz').add('app', '.')\"",
                "tar -C app -cf archive.tar bin; tar -C app -rf archive.tar lib; mv archive.tar archive",
                "tar -C app -cf archive --no-recursion ./lib/deep/x ./lib/libx.so ./lib/libx.so.1 ./lib/libx.so.1.2"
                        + " ./lib64",
                "git init -q app && git -C app -c core.excludesFile= add -A && git -C app -c user.name=a -c"
                        + " user.email=a@b commit -qm x && git -C app archive HEAD | gzip > archive; rm -rf app/.git",
            })
    void asTarMakesIt(String packing) throws Exception {
        sh(packing);

        assertSameTree("tar --no-same-owner --no-same-permissions -C expected -xf archive");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cd app && zip -qry ../archive.zip .",
                "cd app && zip -qry -0 ../archive.zip .",
                "cd app && zip -qryD ../archive.zip .",
                "cd app && zip -qr ../archive.zip lib bin",
                "cd app && zip -qry -fz ../archive.zip .",
                "cd app && zip -qry ../archive.zip - . < bin/run",
                "cd app && zip -qry ../archive.zip . && printf 'a comment' | zip -qz ../archive.zip",
                "python3 -c \"import shutil; shutil.make_archive('archive', 'zip', 'app/lib')\"",
            })
    void asUnzipMakesIt(String packing) throws Exception {
        sh(packing + "; cd " + folder + "; mv archive.zip archive");

        assertSameTree("unzip -qq archive -d expected");
    }

    @Test
    void takesAPythonEnvironment() throws Exception {
        sh("python3 -m venv --copies --without-pip env; tar -C env -czf archive .");
        assertSameTree("tar --no-same-owner --no-same-permissions -C expected -xf archive");
        assertThat(folder.resolve("actual/bin/python")).exists();

        sh("python3 -m venv --clear --without-pip env; tar -C env -czf archive .");
        assertThatThrownBy(() -> unpack("linked"))
                .isInstanceOf(SlipwayException.class)
                .hasMessageContainingAll("bin/python", "absolute path", "--copies");
    }

    @Test
    void dropsTheGroupBitOfFolders() throws Exception {
        sh("chmod 2775 app/lib; tar -C app -czf archive .");

        assertSameTree("tar --no-same-owner --no-same-permissions -C expected -xf archive");
    }

    @Test
    void refusesTwoNamesThatAreOneFileForAReaderOfUtf8() throws Exception {
        sh("""
        python3 -c 'import tarfile, io
        t = tarfile.open("archive", "w:gz", format=tarfile.USTAR_FORMAT, encoding="latin-1")
        for name in ("caf\\xe9.txt", "caf\\xe8.txt"):
          info = tarfile.TarInfo(name); info.size = 1; t.addfile(info, io.BytesIO(b"x"))
        t.close()'\
        """.replace("                ", ""));

        assertThatThrownBy(() -> unpack("latin")).hasMessageContaining("not valid UTF-8");
    }

    private void assertSameTree(String unpacking) throws Exception {
        sh("rm -rf expected && mkdir expected && umask 022 && " + unpacking);

        ArchiveReader.Summary summary = unpack("actual");

        assertThat(FolderTree.of(folder.resolve("actual")))
                .hasSizeGreaterThan(3)
                .isEqualTo(FolderTree.of(folder.resolve("expected")));
        try (SeekableByteChannel archive = Files.newByteChannel(folder.resolve("archive"))) {
            assertThat(new ArchiveReader(ArchiveLimits.DEFAULT).check(archive)).isEqualTo(summary);
        }
    }

    private ArchiveReader.Summary unpack(String name) throws IOException {
        try (SeekableByteChannel archive = Files.newByteChannel(folder.resolve("archive"))) {
            return new ArchiveReader(ArchiveLimits.DEFAULT)
                    .unpack(archive, Files.createDirectory(folder.resolve(name)));
        }
    }

    private void sh(String script) throws IOException, InterruptedException {
        assertThat(run("set -e\n" + script)).as(script).isZero();
    }

    private int run(String script) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder(List.of("bash", "-c", script)).directory(folder.toFile());
        shell.environment().put("LC_ALL", "C.UTF-8");
        return shell.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }
}
