package org.t5j.examples.cli;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How {@code bin/t5j} starts Java: the JVM's own messages, signals, and the archive of classes. */
class ScriptStartTest {
    private static final String MODULE = "jdk.incubator.vector";

    @TempDir
    Path directory;

    @BeforeEach
    void requireBashAndBuild() {
        Script.assumeRunnable();
    }

    private Script.Output bash(String line, String... environment) throws IOException, InterruptedException {
        return Script.run(directory, Script.HERE, line, environment);
    }

    @Test
    void theVectorModuleIsThereAndTheJvmDoesNotSaySo() throws Exception {
        Script.Output with = bash("\"$1\" --version", "T5J_OPTS", "-Xlog:module=debug:file=modules.log");
        assertThat(with.err()).isEmpty();
        assertThat(directory.resolve("modules.log")).content().contains(MODULE);
        bash("\"$1\" --version", "T5J_VECTOR", "off", "T5J_OPTS", "-Xlog:module=debug:file=without.log");
        assertThat(directory.resolve("without.log"))
                .content()
                .contains("java.base")
                .doesNotContain(MODULE);
        assertThat(bash("\"$1\" --version")).isEqualTo(new Script.Output(0, "t5j 0.1.0\n", ""));
    }

    @Test
    void whatTheJvmSaysWhenItCannotStartIsShown() throws Exception {
        assertThat(bash("\"$1\" --version", "T5J_OPTS", "-Xmxmuch").code()).isEqualTo(1);
        awaitStandardError("Invalid maximum heap size: -Xmxmuch\n");
        bash("\"$1\" --version", "JAVA_TOOL_OPTIONS", "-Dsome=thing");
        awaitStandardError("Picked up JAVA_TOOL_OPTIONS: -Dsome=thing\n");
    }

    @Test
    void aSmallHeapWorksAndWhatIsNoSizeIsNamed() throws Exception {
        assertThat(bash("\"$1\" --version", "T5J_HEAP", "16m")).isEqualTo(new Script.Output(0, "t5j 0.1.0\n", ""));
        assertRefused("T5J_HEAP must be a size such as 512m or 4g, found \"lots\"", "T5J_HEAP", "lots");
        assertRefused("T5J_HEAP must be at least 16m, found \"2m\"", "T5J_HEAP", "2m");
        assertRefused("T5J_HEAP must be at least 16m, found \"15m\"", "T5J_HEAP", "15m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "abc", "-1", "4,2", "1025"})
    void whatIsNoNumberOfThreadsIsWarnedOf(String threads) throws Exception {
        startFakeJava("echo \"$OMP_NUM_THREADS threads\" >&2", "OMP_NUM_THREADS", threads)
                .waitFor();
        String cores = String.valueOf(Runtime.getRuntime().availableProcessors());
        awaitStandardError("t5j: OMP_NUM_THREADS must be a number from 1 to 1024, found \"" + threads
                + "\"; it is passed over, for " + cores + ".\n" + cores + " threads\n");
        startFakeJava("echo \"$OMP_NUM_THREADS threads\" >&2", "OMP_NUM_THREADS", "3")
                .waitFor();
        awaitStandardError("3 threads\n");
    }

    @Test
    void theVectorSwitchIsOnOrOff() throws Exception {
        assertThat(bash("\"$1\" --version", "T5J_VECTOR", "on").code()).isZero();
        assertRefused("T5J_VECTOR must be on or off, found \"no\"", "T5J_VECTOR", "no");
    }

    private void assertRefused(String message, String... environment) throws Exception {
        Script.Output output = bash("\"$1\" --version", environment);
        assertThat(output.code()).isEqualTo(1);
        assertThat(output.err()).contains(message).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void aProcessorThatOpenBlasDoesNotTakeIsNamedOnce(String vectors) throws Exception {
        String java = """
                echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
                [[ $OPENBLAS_CORETYPE:$OPENBLAS_VERBOSE == %s:2 ]] || echo "not asked" >&2
                echo before >&2
                printf '%sCore: Zen\\n%sCore: Zen\\nafter' >&2
                """;
        String unknown = "Core not found: Bogus\\n";
        startFakeJava(java.formatted("Bogus", unknown, unknown), "T5J_BLAS_CORE", "Bogus", "T5J_VECTOR", vectors)
                .waitFor();
        awaitStandardError("before\nt5j: T5J_BLAS_CORE is Bogus, but OpenBLAS takes its code for Zen.\nafter");
        startFakeJava(java.formatted("zen", "", ""), "T5J_BLAS_CORE", "zen", "T5J_VECTOR", vectors)
                .waitFor();
        awaitStandardError("before\nafter");
    }

    /** The script with a Java that is a Bash script, to see what comes through. */
    private Process startFakeJava(String body, String... environment) throws IOException {
        Path home = Files.createDirectories(directory.resolve("jdk"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"17.0.1\"\nMODULES=\"java.base " + MODULE + "\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/bash\n" + body);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> variables = new ArrayList<>(List.of("JAVA_HOME", home.toString()));
        variables.addAll(List.of(environment));
        return Script.start(directory, Script.HERE, "exec \"$1\" --version", variables.toArray(String[]::new));
    }

    private void awaitStandardError(String expected) throws Exception {
        Instant end = Instant.now().plusSeconds(60);
        Path err = directory.resolve("err.txt");
        while (!Files.readString(err).startsWith(expected) && Instant.now().isBefore(end)) {
            Thread.sleep(10);
        }
        assertThat(err).content().startsWith(expected);
    }

    @Test
    void onlyTheGreetingIsHeldBackAndUnfinishedLinesAreNot() throws Exception {
        Process process = startFakeJava("""
                echo 'NOTE: first' >&2
                echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
                printf 'WARNING: Using incubator modules: jdk.incubator.vector\\n50%%\\r' >&2
                read -r line
                printf '99%%' >&2
                exit 7
                """);
        String shown = "NOTE: first\nWARNING: Using incubator modules: jdk.incubator.vector\n50%\r";
        awaitStandardError(shown);
        process.getOutputStream().close();
        assertThat(process.waitFor()).isEqualTo(7);
        awaitStandardError(shown + "99%");
    }

    @Test
    void anUnfinishedLineInsteadOfTheGreetingIsShown() throws Exception {
        Process process = startFakeJava("printf 'no\\nJVM' >&2; exit 1");
        assertThat(process.waitFor()).isEqualTo(1);
        awaitStandardError("no\nJVM");
    }

    @Test
    void sigtermReachesJavaAndItsLastWordsAreShown() throws Exception {
        Process process = startFakeJava("""
                trap 'echo going >&2; exit 9' TERM
                echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2
                echo ready >&2
                while :; do read -r -t 1 line; done
                """);
        awaitStandardError("ready\n");
        process.destroy();
        assertThat(process.waitFor()).isEqualTo(9);
        awaitStandardError("ready\ngoing\n");
    }

    @Test
    void anArchiveOfClassesIsMadeOnceAndDoesNoHarmWhenItIsDamaged() throws Exception {
        Path release = Path.of(System.getProperty("java.home"), "release");
        assumeTrue(Files.exists(release), "this JDK has no file release");
        assumeTrue(ModuleFinder.ofSystem().find(MODULE).isPresent(), "this JDK has no " + MODULE);
        Path script = packagedRepository();
        Script.Output version = new Script.Output(0, "t5j 0.1.0\n", "");
        assertThat(Script.run(directory, script, "\"$1\" --version")).isEqualTo(version);
        Path archive = archive(script);
        long bytes = Files.size(archive);
        Script.run(directory, script, "\"$1\" --version", "T5J_OPTS", "-Xlog:class+load:file=loads.log");
        assertThat(directory.resolve("loads.log"))
                .content()
                .contains(T5jCommand.class.getName() + " source: shared objects file (top)");

        Files.delete(archive);
        Files.writeString(archive, "damaged");
        assertThat(Script.run(directory, script, "\"$1\" --version")).isEqualTo(version);
        assertThat(archive).hasContent("damaged");

        Path jar = script.resolveSibling("../t5j-examples/target/t5j-examples-1.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
        assertThat(Script.run(directory, script, "\"$1\" --version")).isEqualTo(version);
        assertThat(Files.size(archive)).isBetween(bytes / 2, 2 * bytes);
    }

    private static Path archive(Path script) throws IOException {
        try (Stream<Path> files = Files.list(script.resolveSibling("../t5j-examples/target"))) {
            return files.filter(file -> file.toString().endsWith(".jsa"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A repository like this one after "mvn package", whether or not this one is packaged; gives its script. */
    private Path packagedRepository() throws IOException {
        Path root = directory.resolve("repository");
        Path target = Files.createDirectories(root.resolve("t5j-examples/target/classes"))
                .getParent();
        Files.createDirectories(root.resolve("t5j-examples/src/main"));
        Files.createFile(root.resolve("t5j-examples/pom.xml"));
        Files.createFile(root.resolve("pom.xml"));
        jar(Path.of("target/classes"), target.resolve("t5j-examples-1.jar"));
        List<String> classpath = new ArrayList<>();
        for (String entry :
                Files.readString(Path.of("target/classpath")).strip().split(":")) {
            Path jar = Path.of(entry);
            if (Files.isDirectory(jar)) {
                jar = jar(jar, target.resolve(classpath.size() + ".jar"));
            }
            classpath.add(jar.toString());
        }
        Files.writeString(target.resolve("classpath"), String.join(":", classpath));
        return Files.copy(
                Script.HERE, Files.createDirectories(root.resolve("bin")).resolve("t5j"), COPY_ATTRIBUTES);
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
            }
        }
        return jar;
    }
}
