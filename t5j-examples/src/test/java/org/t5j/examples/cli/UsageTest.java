package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Help, exit codes and error messages that all subcommands share. */
class UsageTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tokenizer",
                "tokenizer train",
                "tokenizer encode",
                "tokenizer decode",
                "tokenizer inspect",
                "tokenizer normalize",
                "tokenizer export_vocab",
                "data",
                "data prepare",
                "data inspect",
                "pretrain",
                "finetune",
                "evaluate",
                "compare",
                "generate",
                "score",
                "inspect",
                "convert",
                "average",
                "report",
                "verify",
                "twin",
                "twin write",
                "twin train",
                "twin compare",
                "chaos",
                "bench",
                "bench train",
                "bench generate",
                "bench gemm",
                "bench kernels",
                "bench tokenizer",
                "bench compare"
            })
    void everyCommandHasHelp(String command) {
        Cli.Result help = Cli.run((Object[]) (command + " --help").trim().split(" "));
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: t5j").contains("--debug");
    }

    @Test
    void helpShowsDefaults() {
        assertThat(Cli.run("bench", "train", "--help").out()).contains("Default: bench", "Default: 0.1");
    }

    @Test
    void unknownNamesLeadToTheNearest() {
        assertBadUsage(Cli.run("verfy"), "did you mean verify?");
        assertBadUsage(Cli.run("tokenizer", "encod"), "did you mean encode?");
        assertBadUsage(Cli.run("verify", "--chekpoint", "x"), "no option --chekpoint", "did you mean --checkpoint?");
        assertBadUsage(
                Cli.run("bench", "train", "--preset", "smal"),
                "--preset",
                "\"smal\"",
                "did you mean small?",
                "v1_1-base");
        assertBadUsage(Cli.run("generate", "--checkpoint", "x", "stray"), "takes no argument \"stray\"");
        assertBadUsage(Cli.run("bench", "train", "--batch", "many"), "--batch", "many");
        assertBadUsage(Cli.run(), "Name a subcommand", "generate");
        assertBadUsage(Cli.run("tokenizer"), "Name a subcommand", "encode");
        assertBadUsage(Cli.run("generate"), "--checkpoint");
        assertBadUsage(Cli.run("bench", "train", "--dropout", "1.5"), "--dropout", "1.5");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1025, 99_999})
    void threadsAreOfANumberThatAMachineMayHave(int threads) {
        assertBadUsage(
                Cli.run("bench", "train", "--preset", "tiny", "--threads", threads),
                "--threads must be between 1 and 1024, found " + threads);
    }

    @Test
    void wantOfMemoryIsNamedWhateverItIsWrappedIn() {
        Throwable heap = new LinkageError("lanes", new IllegalStateException(new OutOfMemoryError("Java heap space")));
        assertThat(reported(heap)).contains("Out of memory: Java heap space. Give the Java heap more with T5J_HEAP");
        assertThat(reported(new OutOfMemoryError("unable to create native thread: possibly out of memory")))
                .contains("The system starts no more threads", "--threads N")
                .doesNotContain("T5J_HEAP");
    }

    private static String reported(Throwable problem) {
        StringWriter err = new StringWriter();
        CommandLine commandLine = T5jCommand.commandLine(System.in);
        commandLine.setErr(new PrintWriter(err));
        assertThat(ErrorReport.handle(problem, commandLine)).isEqualTo(1);
        assertThat(err.toString()).hasLineCount(1);
        return err.toString();
    }

    @Test
    void namesThatAreNearNoneLeadToTheHelp() {
        assertBadUsage(Cli.run("bogus"), "t5j: \"t5j\" has no subcommand \"bogus\". See \"bin/t5j --help\".");
        assertBadUsage(
                Cli.run("bench", "train", "--preset", "huge-one"), "there is no preset \"huge-one\". There are tiny");
    }

    @Test
    void optionsOfATaskNeedATask() {
        assertBadUsage(
                Cli.run("finetune", "--output", directory.resolve("run"), "--metric", "f1_macro"),
                "--metric describes a task",
                "--valid");
        assertThat(directory.resolve("run")).doesNotExist();
    }

    private static void assertBadUsage(Cli.Result result, String... parts) {
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(parts).contains("--help").hasLineCount(1);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void stackTracesAppearOnlyWithDebug() {
        assertThat(Cli.run("inspect", directory).err()).doesNotContain("\tat ");
        assertThat(Cli.run("inspect", directory, "--debug").err()).contains("T5Exception", "\tat ");
        assertThat(Cli.run("--debug", "inspect", directory).err()).contains("\tat ");
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoErrorButAFullDiskIs() {
        Path model = SmallModel.directory(directory);
        assertThat(codeWritingTo("Broken pipe", model)).isZero();
        assertThat(codeWritingTo("No space left on device", model)).isEqualTo(1);
    }

    private static int codeWritingTo(String failure, Path model) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        };
        CommandLine commandLine = T5jCommand.commandLine(System.in);
        commandLine.setOut(new PrintWriter(new ResultStream(broken), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        return commandLine.execute("inspect", model.toString());
    }
}
