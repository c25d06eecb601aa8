package org.t5j.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Exception;

/** That a checkpoint directory is there whole or not at all, at whatever point the process that writes it dies. */
class CheckpointDirectoryTest {
    @TempDir
    Path parent;

    private Path target;

    @BeforeEach
    void nameTheTarget() {
        target = parent.resolve("step-100");
    }

    @Test
    void aDirectoryAppearsWithItsFilesAndTheirChecksums() throws IOException {
        CheckpointDirectory.write(target, CheckpointDirectoryTest::first);
        assertThat(target.resolve("training/state")).hasContent("one");
        assertThat(Files.readString(target.resolve("checksums.json")))
                .contains("\"training/state\" : \"7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed\"");
        assertThat(CheckpointDirectory.verify(target)).isTrue();
        assertThat(entries(parent)).containsExactly("step-100");
    }

    @Test
    void parentsAreCreated() {
        Path deep = parent.resolve("runs/today/best");
        CheckpointDirectory.write(deep, CheckpointDirectoryTest::first);
        assertThat(deep.resolve("weights")).exists();
    }

    @Test
    void whileItIsFilledTheDirectoryIsNotThere() {
        CheckpointDirectory.write(target, files -> {
            first(files);
            assertThat(target).doesNotExist();
            assertThat(files.getFileName()).hasToString(".step-100.incomplete");
        });
        assertThat(target).exists();
    }

    @Test
    void aDirectoryIsReplacedAndFilesOfOthersAreKept() throws IOException {
        CheckpointDirectory.write(target, CheckpointDirectoryTest::first);
        Files.writeString(target.resolve("NOTES.md"), "keep me");
        CheckpointDirectory.write(target, CheckpointDirectoryTest::second);
        assertThat(entries(target)).containsExactly("NOTES.md", "checksums.json", "weights");
        assertThat(target.resolve("weights")).hasContent("second");
        assertThat(target.resolve("NOTES.md")).hasContent("keep me");
        assertThat(CheckpointDirectory.verify(target)).isTrue();
        assertThat(entries(parent)).containsExactly("step-100");
    }

    @Test
    void afterAFailureTheOldDirectoryIsUntouched() throws IOException {
        CheckpointDirectory.write(target, CheckpointDirectoryTest::first);
        assertThatThrownBy(() -> CheckpointDirectory.write(target, files -> {
                    second(files);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("Cannot write " + target)
                .hasMessageContaining("No space left on device");
        assertThatThrownBy(() -> CheckpointDirectory.write(target, files -> {
                    throw new OutOfMemoryError("heap");
                }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(target.resolve("weights")).hasContent("first");
        assertThat(entries(parent)).containsExactly("step-100");
    }

    @Test
    void somethingElseIsNotReplaced() throws IOException {
        Files.createDirectories(target);
        Files.writeString(target.resolve("thesis.tex"), "precious");
        assertThatThrownBy(() -> CheckpointDirectory.write(target, CheckpointDirectoryTest::first))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("not a checkpoint");
        Path file = Files.createFile(parent.resolve("file"));
        assertThatThrownBy(() -> CheckpointDirectory.write(file, CheckpointDirectoryTest::first))
                .isInstanceOf(T5Exception.class);
        assertThat(entries(target)).containsExactly("thesis.tex");
        assertThat(entries(parent)).containsExactly("file", "step-100");
    }

    @Test
    void anEmptyDirectoryIsFilled() throws IOException {
        Files.createDirectories(target);
        CheckpointDirectory.write(target, CheckpointDirectoryTest::first);
        assertThat(CheckpointDirectory.verify(target)).isTrue();
    }

    @Test
    void aChangedOrMissingFileIsNamed() throws IOException {
        CheckpointDirectory.write(target, CheckpointDirectoryTest::first);
        Files.writeString(target.resolve("training/state"), "two");
        assertThatThrownBy(() -> CheckpointDirectory.verify(target))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("state is not what was written");
        Files.delete(target.resolve("training/state"));
        assertThatThrownBy(() -> CheckpointDirectory.verify(target))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("state is missing");
    }

    @Test
    void checksumsOfFilesElsewhereAreRefused() throws IOException {
        Files.createDirectories(target);
        Files.writeString(target.resolve("checksums.json"), "{\"files\":{\"../secret\":\"00\"}}");
        assertThatThrownBy(() -> CheckpointDirectory.verify(target))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("found \"../secret\"");
    }

    @Test
    void aCheckpointWhoseChecksumsAreDamagedIsReplacedAndNothingForeignIsLost() throws IOException {
        for (String damage : new String[] {"", "{\"files\": {\"wei"}) {
            CheckpointDirectory.write(target, CheckpointDirectoryTest::first);
            Files.writeString(target.resolve("notes.txt"), "mine");
            Files.writeString(target.resolve("checksums.json"), damage);
            CheckpointDirectory.write(target, CheckpointDirectoryTest::first);
            assertThat(CheckpointDirectory.verify(target)).isTrue();
            assertThat(target.resolve("notes.txt")).hasContent("mine");
        }
    }

    @Test
    void aDirectoryWithoutChecksumsIsNotVerified() throws IOException {
        Files.createDirectories(target);
        assertThat(CheckpointDirectory.verify(target)).isFalse();
    }

    @Test
    void whatAProcessThatDiedWhileFillingLeftBehindIsRemoved() throws IOException {
        CheckpointDirectory.write(target, CheckpointDirectoryTest::first);
        halfWritten();
        CheckpointDirectory.write(target, CheckpointDirectoryTest::second);
        assertThat(entries(target)).containsExactly("checksums.json", "weights");
        assertThat(entries(parent)).containsExactly("step-100");
    }

    @Test
    void readingLeavesAloneWhatAnotherProcessIsFilling() throws IOException {
        CheckpointDirectory.write(target, CheckpointDirectoryTest::first);
        halfWritten();
        assertThat(CheckpointDirectory.verify(target)).isTrue();
        assertThat(entries(parent)).containsExactly(".step-100.incomplete", "step-100");
    }

    @Test
    void aFinishedDirectoryIsPutIntoPlaceAfterADeathBetweenTheRenames() throws IOException {
        firstMovedAside();
        secondAs(parent.resolve(".step-100.incomplete"));
        assertThat(CheckpointDirectory.verify(target)).isTrue();
        assertThat(target.resolve("weights")).hasContent("second");
        CheckpointDirectory.recover(target);
        assertThat(entries(parent)).containsExactly("step-100");
    }

    @Test
    void theOldDirectoryIsPutBackWhereTheNewOneIsNotWhole() throws IOException {
        firstMovedAside();
        halfWritten();
        CheckpointDirectory.recover(target);
        assertThat(target.resolve("weights")).hasContent("first");
        assertThat(entries(parent)).containsExactly("step-100");
    }

    @Test
    void aReplacedDirectoryThatWasNotRemovedIsRemoved() throws IOException {
        firstMovedAside();
        secondAs(target);
        CheckpointDirectory.recover(target);
        assertThat(target.resolve("weights")).hasContent("second");
        assertThat(entries(parent)).containsExactly("step-100");
    }

    @Test
    void allLeftoversOfARunAreRecovered() throws IOException {
        firstMovedAside();
        Files.createDirectories(parent.resolve(".step-200.incomplete"));
        Files.createDirectories(parent.resolve(".git"));
        CheckpointDirectory.recoverAll(parent);
        assertThat(entries(parent)).containsExactly(".git", "step-100");
    }

    private void firstMovedAside() throws IOException {
        CheckpointDirectory.write(target, CheckpointDirectoryTest::first);
        Files.move(target, parent.resolve(".step-100.replaced"));
    }

    private void secondAs(Path place) throws IOException {
        Path other = parent.resolve("other");
        CheckpointDirectory.write(other, CheckpointDirectoryTest::second);
        Files.move(other, place);
    }

    private void halfWritten() throws IOException {
        Path incomplete = Files.createDirectories(parent.resolve(".step-100.incomplete"));
        Files.writeString(incomplete.resolve("weights"), "half");
        Files.writeString(incomplete.resolve("rubbish"), "x");
    }

    private static void first(Path files) throws IOException {
        Files.writeString(files.resolve("weights"), "first");
        Files.createDirectories(files.resolve("training"));
        Files.writeString(files.resolve("training/state"), "one");
    }

    private static void second(Path files) throws IOException {
        Files.writeString(files.resolve("weights"), "second");
    }

    private static List<String> entries(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
