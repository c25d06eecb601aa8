package org.t5j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.TokenExample;
import org.t5j.data.WordTokenizer;
import org.t5j.data.dataset.Dataset;
import org.t5j.data.dataset.TaskDataset;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.source.Source;
import org.t5j.data.task.Task;

/** The stream of packed batches: exact resuming, complete epochs, and several workers that share each batch. */
class PackedStreamTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Example i of epoch e has {@code (7 i) % 11} ids and ends with the target {@code base + i}; epochs differ in noise. */
    private record Numbers(String name, int count, int base) implements Dataset {
        @Override
        public int inputLength() {
            return 24;
        }

        @Override
        public int targetLength() {
            return 16;
        }

        @Override
        public long examples() {
            return count;
        }

        @Override
        public long checksum() {
            return base;
        }

        @Override
        public Epoch epoch(long seed, long epoch) {
            return new Epoch() {
                @Override
                public long size() {
                    return count;
                }

                @Override
                public TokenExample example(long at) {
                    int index = (int) at;
                    int[] inputs = new int[7 * index % 11];
                    Arrays.fill(inputs, 10 + (int) epoch);
                    int[] targets = new int[1 + 5 * index % 7];
                    Arrays.fill(targets, base + index);
                    return new TokenExample(inputs, targets);
                }
            };
        }
    }

    private static final TrainingData ONE = TrainingData.of(new Numbers("a", 103, 1000));
    private static final TrainingData MIXTURE = new TrainingData(List.of(
            new TrainingData.Part(new Numbers("a", 17, 1000), 3),
            new TrainingData.Part(new Numbers("b", 29, 2000), 1)));
    private static final BatchConfig CONFIG = new BatchConfig(4, 7L, 3, 4, 3).packed(20);

    private static DataPosition throughJson(DataPosition position) {
        try {
            return JSON.readValue(JSON.writeValueAsString(position), DataPosition.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The targets of a batch, one for each example. */
    private static List<Integer> examples(Batch batch) {
        List<Integer> examples = new ArrayList<>();
        int[] segments = batch.targetSegments();
        for (int i = 0; i < segments.length; i++) {
            boolean first = i % batch.targetLength() == 0 || segments[i] != segments[i - 1];
            if (first && segments[i] != 0) {
                examples.add(batch.labels()[i]);
            }
        }
        return examples;
    }

    @Test
    void packedBatchesResumeExactlyFromEveryPosition() {
        for (TrainingData data : List.of(ONE, MIXTURE)) {
            List<Batch> expected = new ArrayList<>();
            List<DataPosition> positions = new ArrayList<>();
            try (BatchStream stream = BatchStream.open(data, CONFIG, DataPosition.start())) {
                for (int i = 0; i < 60; i++) {
                    positions.add(throughJson(stream.position()));
                    expected.add(stream.next());
                }
            }
            for (int from = 0; from < 60; from++) {
                try (BatchStream resumed = BatchStream.open(data, CONFIG, positions.get(from))) {
                    for (int i = from; i < Math.min(from + 12, 60); i++) {
                        assertThat(resumed.position()).isEqualTo(positions.get(i));
                        assertThat(resumed.next())
                                .as("batch %d after resuming at %d", i, from)
                                .isEqualTo(expected.get(i));
                    }
                }
            }
        }
    }

    @Test
    void aPositionHoldsNoMoreThanTheWindow() throws JsonProcessingException {
        try (BatchStream stream = BatchStream.open(MIXTURE, CONFIG, DataPosition.start())) {
            for (int i = 0; i < 50; i++) {
                stream.next();
                assertThat(stream.position().waiting()).hasSizeBetween(1, 20);
            }
            assertThat(JSON.writeValueAsString(stream.position())).hasSizeLessThan(200 + 20 * 40);
            assertThat(stream.position().toString()).hasSizeLessThan(250).endsWith("waiting=20]");
        }
    }

    @Test
    void aRowMayHoldMoreThanTheWindow() {
        try (BatchStream stream = BatchStream.open(ONE, CONFIG.packed(2), DataPosition.start())) {
            int most = 0;
            for (int i = 0; i < 20; i++) {
                Batch batch = stream.next();
                most = Math.max(
                        most, Arrays.stream(batch.targetSegments()).max().orElseThrow());
                assertThat(stream.position().waiting()).hasSizeLessThanOrEqualTo(2);
            }
            assertThat(most).isGreaterThan(3);
        }
    }

    @Test
    void everyExampleIsSeenOnceBeforeAnyIsSeenAgain() {
        List<Integer> seen = new ArrayList<>();
        try (BatchStream stream = BatchStream.open(ONE, CONFIG, DataPosition.start())) {
            while (seen.size() < 5 * 103) {
                seen.addAll(examples(stream.next()));
            }
        }
        for (int epoch = 0; epoch < 5; epoch++) {
            List<Integer> one = new ArrayList<>(seen.subList(epoch * 103, (epoch + 1) * 103));
            Collections.sort(one);
            assertThat(one).isEqualTo(IntStream.range(1000, 1103).boxed().toList());
        }
    }

    @Test
    void aMixtureSeesEveryExampleAsOftenAsItsDataset() {
        int[] counts = new int[3000];
        try (BatchStream stream = BatchStream.open(MIXTURE, CONFIG, DataPosition.start())) {
            for (int i = 0; i < 400; i++) {
                examples(stream.next()).forEach(example -> counts[example]++);
            }
            stream.position().waiting().forEach(place -> assertThat(place.part())
                    .isBetween(0, 1));
        }
        for (int[] range : new int[][] {{1000, 1017}, {2000, 2029}}) {
            int[] ofDataset = Arrays.copyOfRange(counts, range[0], range[1]);
            int least = Arrays.stream(ofDataset).min().orElseThrow();
            assertThat(least).isGreaterThan(20);
            // the last epoch is not complete, and 20 that wait may be of two epochs more
            assertThat(Arrays.stream(ofDataset).max().orElseThrow()).isLessThanOrEqualTo(least + 3);
        }
    }

    /** A row is cut between examples only: every segment ends with the end of its sequence, that of a trimmed one too. */
    @Test
    void everySegmentEndsWithItsEndOfSequence() {
        List<Example> texts = IntStream.range(0, 40)
                .mapToObj(i -> Example.of("5 ".repeat(i % 13), "6 ".repeat(1 + i % 9)))
                .toList();
        Task task = Task.builder("t")
                .source(Task.TRAIN, Source.of(texts))
                .inputLength(10)
                .targetLength(8)
                .build();
        TrainingData data = TrainingData.of(TaskDataset.load(task, Task.TRAIN, new WordTokenizer()));
        try (BatchStream stream = BatchStream.open(data, CONFIG, DataPosition.start())) {
            for (int i = 0; i < 10; i++) {
                Batch batch = stream.next();
                assertEndsWithOne(batch.inputIds(), batch.inputSegments(), batch.inputLength());
                assertEndsWithOne(batch.labels(), batch.targetSegments(), batch.targetLength());
            }
        }
    }

    private static void assertEndsWithOne(int[] ids, int[] segments, int length) {
        for (int i = 0; i < ids.length; i++) {
            boolean last = (i + 1) % length == 0 || segments[i + 1] != segments[i];
            if (segments[i] != 0) {
                assertThat(ids[i] == 1)
                        .as("position %d of row %d", i % length, i / length)
                        .isEqualTo(last);
            }
        }
    }

    @Test
    void aPositionOfOtherPackingIsRefused() {
        DataPosition position;
        try (BatchStream stream = BatchStream.open(ONE, CONFIG, DataPosition.start())) {
            stream.next();
            position = stream.position();
        }
        for (BatchConfig other : List.of(CONFIG.packed(21), new BatchConfig(4, 7L, 3, 4, 3))) {
            assertThatThrownBy(() -> BatchStream.open(ONE, other, position))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("packing")
                    .hasMessageContaining("must be what they were");
        }
    }

    @Test
    void aDamagedPositionIsRefused() {
        DataPosition good;
        try (BatchStream stream = BatchStream.open(ONE, CONFIG, DataPosition.start())) {
            stream.next();
            good = stream.position();
        }
        for (DataPosition.Place wrong : List.of(new DataPosition.Place(1, 0, 0), new DataPosition.Place(0, 0, 103))) {
            DataPosition bad =
                    new DataPosition(good.fingerprint(), good.drawn(), good.batch(), good.cursors(), List.of(wrong));
            assertThatThrownBy(() -> BatchStream.open(ONE, CONFIG, bad)).isInstanceOf(DataException.class);
        }
        assertThatThrownBy(() -> new DataPosition.Place(0, -1, 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("epoch -1");
    }

    /** The same batches whatever the number of workers, which may change in between. */
    @Test
    void theWorkersTogetherSeeTheStreamOfOne() {
        for (BatchConfig config : List.of(CONFIG, new BatchConfig(4, 7L, 3, 4, 3))) {
            List<Batch> expected = new ArrayList<>();
            try (BatchStream stream = BatchStream.open(MIXTURE, config, DataPosition.start())) {
                for (int i = 0; i < 30; i++) {
                    expected.add(stream.next());
                }
            }
            DataPosition position = DataPosition.start();
            int[] workersOfPart = {1, 2, 4, 1, 4, 2};
            for (int part = 0; part < workersOfPart.length; part++) {
                List<DataPosition> ends = new ArrayList<>();
                int workers = workersOfPart[part];
                for (int worker = 0; worker < workers; worker++) {
                    try (BatchStream stream =
                            BatchStream.open(MIXTURE, config.forWorker(worker, workers), throughJson(position))) {
                        for (int i = 5 * part; i < 5 * part + 5; i++) {
                            int rows = 4 / workers;
                            assertThat(stream.next())
                                    .isEqualTo(expected.get(i).rows(worker * rows, (worker + 1) * rows));
                        }
                        ends.add(stream.position());
                    }
                }
                assertThat(ends).containsOnly(ends.get(0));
                position = ends.get(0);
            }
        }
    }

    @Test
    void workersAreChecked() {
        assertThatThrownBy(() -> BatchConfig.of(10, 1).forWorker(0, 4))
                .isInstanceOf(DataException.class)
                .hasMessage("batchSize is 10 and workers 4, but every worker needs as many rows. Make batchSize a"
                        + " multiple of workers.");
        assertThatThrownBy(() -> BatchConfig.of(8, 1).forWorker(4, 4)).hasMessageContaining("must be 0 to 3");
        assertThatThrownBy(() -> BatchConfig.of(8, 1).forWorker(0, 0)).hasMessageContaining("workers is 0");
        assertThatThrownBy(() -> BatchConfig.of(8, 1).packed(0)).hasMessageContaining("packWindow is 0");
    }
}
