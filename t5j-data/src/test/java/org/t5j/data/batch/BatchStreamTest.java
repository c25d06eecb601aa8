package org.t5j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.TokenExample;
import org.t5j.data.WordTokenizer;
import org.t5j.data.dataset.Dataset;
import org.t5j.data.dataset.PretrainingDataset;
import org.t5j.data.dataset.TaskDataset;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.objective.ObjectiveConfig;
import org.t5j.data.objective.Objectives;
import org.t5j.data.source.Source;
import org.t5j.data.task.Task;

/** The stream of batches: exact resuming from every position, complete epochs, mixing, and a well-behaved thread. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchStreamTest {
    private static final WordTokenizer TOKENIZER = new WordTokenizer();

    /** Example i has i % 13 + 1 input words and the one target 100·base + i. */
    private static Dataset task(String name, int size, int base) {
        List<Example> examples = IntStream.range(0, size)
                .mapToObj(i -> Example.of("5 ".repeat(i % 13 + 1), Integer.toString(100 * base + i)))
                .toList();
        Task task = Task.builder(name)
                .source(Task.TRAIN, Source.of(examples))
                .inputLength(12)
                .targetLength(4)
                .build();
        return TaskDataset.load(task, Task.TRAIN, TOKENIZER);
    }

    private static Dataset corpus(int documents) {
        List<Example> texts = IntStream.range(0, documents)
                .mapToObj(i -> Example.of((1000 + i + " ").repeat(i % 40), ""))
                .toList();
        return PretrainingDataset.load(
                "corpus",
                Source.of(texts),
                Example.INPUTS,
                Objectives.create(ObjectiveConfig.spanCorruption(32), TOKENIZER),
                TOKENIZER);
    }

    private static TrainingData mixture() {
        return new TrainingData(List.of(
                new TrainingData.Part(task("a", 17, 10), 3),
                new TrainingData.Part(task("b", 5, 20), 1),
                new TrainingData.Part(corpus(100), 2)));
    }

    private static BatchConfig config(int batchSize, int bucketBatches) {
        return new BatchConfig(batchSize, 7L, bucketBatches, 4, 3);
    }

    private static List<Integer> firstTargets(Batch batch) {
        return IntStream.range(0, batch.size())
                .map(row -> batch.labels()[row * batch.targetLength()])
                .boxed()
                .toList();
    }

    private static void assertResumesExactly(TrainingData data, BatchConfig config, int batches) {
        List<Batch> expected = new ArrayList<>();
        List<DataPosition> positions = new ArrayList<>();
        try (BatchStream stream = BatchStream.open(data, config, DataPosition.start())) {
            positions.add(stream.position());
            for (int i = 0; i < batches; i++) {
                expected.add(stream.next());
                positions.add(stream.position());
            }
        }
        for (int from = 0; from < batches; from++) {
            try (BatchStream resumed = BatchStream.open(data, config, throughJson(positions.get(from)))) {
                assertThat(resumed.position()).isEqualTo(positions.get(from));
                for (int i = from; i < Math.min(from + 12, batches); i++) {
                    assertThat(resumed.next())
                            .as("batch %d after resuming at %d", i, from)
                            .isEqualTo(expected.get(i));
                    assertThat(resumed.position()).isEqualTo(positions.get(i + 1));
                }
            }
        }
    }

    private static DataPosition throughJson(DataPosition position) {
        try {
            ObjectMapper mapper = new ObjectMapper();
            return mapper.readValue(mapper.writeValueAsString(position), DataPosition.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTaskResumesExactlyAcrossEpochsAndWindows() {
        for (int bucketBatches : new int[] {1, 3, 64}) {
            assertResumesExactly(TrainingData.of(task("a", 23, 10)), config(4, bucketBatches), 40);
        }
    }

    @Test
    void aTaskSmallerThanABatchResumesExactly() {
        assertResumesExactly(TrainingData.of(task("a", 3, 10)), config(8, 4), 10);
    }

    @Test
    void aCorpusResumesExactly() {
        assertResumesExactly(TrainingData.of(corpus(120)), config(4, 5), 60);
    }

    @Test
    void aMixtureResumesExactly() {
        assertResumesExactly(mixture(), config(4, 3), 60);
    }

    @Test
    void noExampleIsLostOrRepeatedWithinAnEpoch() {
        TrainingData data = TrainingData.of(task("a", 50, 10));
        for (int bucketBatches : new int[] {1, 3, 64}) {
            List<Integer> drawn = new ArrayList<>();
            try (BatchStream stream = BatchStream.open(data, config(4, bucketBatches), DataPosition.start())) {
                for (int i = 0; i < 100; i++) {
                    drawn.addAll(firstTargets(stream.next()));
                }
            }
            // 50 is no multiple of 4: the batch that an epoch ends in begins the next one, and 100 batches are 8 epochs
            for (int pair = 0; pair < 4; pair++) {
                List<Integer> twoEpochs = drawn.subList(100 * pair, 100 * pair + 100);
                assertThat(twoEpochs.subList(0, 48)).doesNotHaveDuplicates();
                for (int i = 0; i < 50; i++) {
                    assertThat(Collections.frequency(twoEpochs, 1000 + i)).isEqualTo(2);
                }
            }
        }
    }

    @Test
    void everyEpochHasAnotherOrderAndTheSeedDecidesIt() {
        TrainingData data = TrainingData.of(task("a", 40, 10));
        Set<List<Integer>> orders = new HashSet<>();
        for (long seed = 0; seed < 2; seed++) {
            BatchConfig config = new BatchConfig(40, seed, 1, null, null);
            try (BatchStream stream = BatchStream.open(data, config, DataPosition.start());
                    BatchStream again = BatchStream.open(data, config, DataPosition.start())) {
                for (int epoch = 0; epoch < 3; epoch++) {
                    Batch batch = stream.next();
                    orders.add(firstTargets(batch));
                    assertThat(again.next()).isEqualTo(batch);
                }
            }
        }
        assertThat(orders).hasSize(6);
    }

    @Test
    void bucketingPutsLikeLengthsTogether() {
        TrainingData data = TrainingData.of(task("a", 2600, 10));
        assertThat(padding(data, 1)).isGreaterThan(2 * padding(data, 50));
    }

    private static int padding(TrainingData data, int bucketBatches) {
        int padding = 0;
        try (BatchStream stream = BatchStream.open(data, config(8, bucketBatches), DataPosition.start())) {
            for (int i = 0; i < 300; i++) {
                Batch batch = stream.next();
                padding += batch.inputIds().length - batch.inputTokens();
            }
        }
        return padding;
    }

    @Test
    void aMixtureDrawsAtItsRates() {
        TrainingData data = new TrainingData(
                List.of(new TrainingData.Part(task("a", 17, 10), 3), new TrainingData.Part(task("b", 5, 20), 1)));
        int drawn = 0;
        int fromA = 0;
        Set<Integer> seen = new HashSet<>();
        try (BatchStream stream = BatchStream.open(data, config(8, 4), DataPosition.start())) {
            for (int i = 0; i < 1000; i++) {
                for (int target : firstTargets(stream.next())) {
                    drawn++;
                    fromA += target < 2000 ? 1 : 0;
                    seen.add(target);
                }
            }
        }
        // 8000 draws at p = 3/4: five standard deviations are 0.024
        assertThat(fromA / (double) drawn).isCloseTo(0.75, within(0.024));
        assertThat(seen).hasSize(22);
    }

    @Test
    void aPositionOfOtherDataOrSettingsIsRefused() {
        DataPosition position;
        try (BatchStream stream =
                BatchStream.open(TrainingData.of(task("a", 23, 10)), config(4, 3), DataPosition.start())) {
            stream.next();
            position = stream.position();
        }
        List<TrainingData> others = List.of(
                TrainingData.of(task("a", 24, 10)),
                TrainingData.of(task("a", 23, 11)),
                TrainingData.of(task("b", 23, 10)),
                mixture());
        for (TrainingData other : others) {
            assertThatThrownBy(() -> BatchStream.open(other, config(4, 3), position))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("belongs to other data or settings");
        }
        assertThatThrownBy(() -> BatchStream.open(TrainingData.of(task("a", 23, 10)), config(5, 3), position))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> new DataPosition(null, 0, 0, null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("incomplete");
    }

    @Test
    void whatTheProducerThrowsReachesTheConsumerAfterTheGoodBatches() {
        Dataset failing = new FailingAfter(task("a", 40, 10), 12);
        try (BatchStream stream = BatchStream.open(TrainingData.of(failing), config(4, 1), DataPosition.start())) {
            for (int i = 0; i < 3; i++) {
                stream.next();
            }
            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(stream::next)
                        .isInstanceOf(DataException.class)
                        .hasMessageContaining("disk on fire")
                        .hasMessageContaining("drawn=8, batch=1")
                        .hasCauseInstanceOf(IllegalStateException.class);
            }
        }
    }

    /** Gives some examples, then throws. */
    private record FailingAfter(Dataset dataset, int good) implements Dataset {
        @Override
        public String name() {
            return dataset.name();
        }

        @Override
        public int inputLength() {
            return dataset.inputLength();
        }

        @Override
        public int targetLength() {
            return dataset.targetLength();
        }

        @Override
        public long examples() {
            return dataset.examples();
        }

        @Override
        public long checksum() {
            return dataset.checksum();
        }

        @Override
        public Epoch epoch(long seed, long epoch) {
            Epoch whole = dataset.epoch(seed, epoch);
            int[] asked = new int[1];
            return new Epoch() {
                @Override
                public long size() {
                    return whole.size();
                }

                @Override
                public TokenExample example(long index) {
                    if (asked[0]++ == good) {
                        throw new IllegalStateException("disk on fire");
                    }
                    return whole.example(index);
                }
            };
        }
    }

    @Test
    void closingEndsTheThreadWhateverItDoes() {
        BatchStream full = BatchStream.open(TrainingData.of(task("a", 40, 10)), config(4, 1), DataPosition.start());
        full.next();
        full.close();
        full.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("t5j-batches");
        assertThatThrownBy(full::next).isInstanceOf(DataException.class).hasMessageContaining("is closed");
    }
}
