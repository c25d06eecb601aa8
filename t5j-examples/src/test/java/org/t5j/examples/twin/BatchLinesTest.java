package org.t5j.examples.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.core.T5Exception;
import org.t5j.data.batch.Batch;

class BatchLinesTest {
    private static final String GOOD = "{\"input_ids\": [[5, 1, 0]], \"labels\": [[7, -100]]}";

    @TempDir
    Path directory;

    @Test
    void batchesComeBackAsTheyWere() throws Exception {
        List<Batch> batches = List.of(
                new Batch(2, 3, 2, new int[] {5, 6, 1, 7, 1, 0}, new int[] {9, 1, 1, -100}),
                new Batch(1, 1, 3, new int[] {1}, new int[] {0, 2, 1}));
        Path file = directory.resolve("batches.jsonl");
        BatchLines.write(file, batches);
        assertThat(Files.readString(file)).isEqualTo("""
                {"input_ids":[[5,6,1],[7,1,0]],"attention_mask":[[1,1,1],[1,1,0]],"labels":[[9,1],[1,-100]]}
                {"input_ids":[[1]],"attention_mask":[[1]],"labels":[[0,2,1]]}
                """);
        assertThat(BatchLines.read(file)).isEqualTo(batches);
    }

    @Test
    void aMaskMayBeLeftOutAndLinesEmpty() throws Exception {
        Path file = Files.writeString(directory.resolve("batches.jsonl"), GOOD + "\n\n" + GOOD + "\n");
        assertThat(BatchLines.read(file)).hasSize(2).allMatch(batch -> batch.inputTokens() == 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"input_ids\": [[5, 1]]               | is not JSON",
                "[1]                                    | is not a JSON object",
                "{\"input_ids\": [[5, 1]]}              | has no rows of ids in labels",
                "{\"input_ids\": 3, \"labels\": [[1]]}  | has no rows of ids in input_ids",
                "{\"input_ids\": [[5, 1], [5]], \"labels\": [[1], [1]]} | input_ids has rows of 2 and of 1",
                "{\"input_ids\": [[5, 1], [5, 1]], \"labels\": [[1]]}   | has 2 rows of inputs and 1 of labels",
                "{\"input_ids\": [[5, 1.5]], \"labels\": [[1]]}         | must hold whole numbers, none other below 0; found 1.5",
                "{\"input_ids\": [[5, -1]], \"labels\": [[1]]}          | found -1",
                "{\"input_ids\": [[5]], \"labels\": [[-5]]}             | found -5",
                "{\"input_ids\": [[99999999999]], \"labels\": [[1]]}    | found 99999999999",
                "{\"input_ids\": [[5]], \"labels\": [[-100]]}           | has no target",
                "{\"input_ids\": [[5]], \"labels\": [[1]], \"attention_mask\": [[0]]} | attention_mask must be as large"
            })
    void otherLinesAreRefusedByNumberAndRule(String line, String rule) throws Exception {
        Path file = Files.writeString(directory.resolve("batches.jsonl"), GOOD + "\n" + line + "\n");
        assertThatThrownBy(() -> BatchLines.read(file))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("batches.jsonl, line 2")
                .hasMessageContaining(rule);
    }

    @Test
    void filesThatHoldNothingAreRefused() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.jsonl"), "\n");
        assertThatThrownBy(() -> BatchLines.read(empty)).hasMessageContaining("is empty; it is to hold a batch");
        Path binary = Files.write(directory.resolve("binary.jsonl"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> BatchLines.read(binary)).hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> BatchLines.read(directory.resolve("absent")))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("absent");
    }
}
