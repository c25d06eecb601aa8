package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a loaded vocabulary keeps on the heap. */
class VocabularyHeapTest {

    private static final long MAX_BYTES = 12_000_000;

    @Test
    void theVocabularyOfT5NeedsAtMost12MegabytesOfHeap() throws InterruptedException {
        Path file = Goldens.shared("models/t5-vocab/spiece.model");
        SentencePieceTokenizer first = SentencePieceTokenizer.load(file); // Loads the classes.
        first.encode("The king");
        long before = usedHeap();
        SentencePieceTokenizer second = SentencePieceTokenizer.load(file);
        second.encode("The king said unto them, Go ye.");
        second.decode(second.encode("The king said unto them, Go ye."));
        long bytes = usedHeap() - before;
        assertThat(bytes).as("bytes kept by %s and %s", first, second).isBetween(1_000_000L, MAX_BYTES);
    }

    /** The least of several readings, since other threads may leave garbage between collection and reading. */
    private static long usedHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
