package org.t5j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.TokenExample;
import org.t5j.data.WordTokenizer;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.BatchConfig;
import org.t5j.data.batch.BatchStream;
import org.t5j.data.batch.DataPosition;
import org.t5j.data.cache.DocumentStore;
import org.t5j.data.cache.TokenShardWriter;
import org.t5j.data.cache.TokenShards;
import org.t5j.data.cache.TokenStore;
import org.t5j.data.objective.Objective;
import org.t5j.data.objective.ObjectiveConfig;
import org.t5j.data.objective.Objectives;
import org.t5j.data.objective.WeightedObjective;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** Corpora of tokens at hand: memory or files, cut, frozen, shared by several objectives, with ends of documents. */
class StoredDatasetTest {
    private static final WordTokenizer TOKENIZER = new WordTokenizer(250_000, 100);
    private static final Objective SPANS = Objectives.create(ObjectiveConfig.spanCorruption(64), TOKENIZER);

    @TempDir
    Path directory;

    /** Documents whose tokens count on from 10 through all of them. */
    private static List<int[]> documents(int... lengths) {
        List<int[]> documents = new ArrayList<>();
        int token = 10;
        for (int length : lengths) {
            documents.add(IntStream.range(token, token + length).toArray());
            token += length;
        }
        return documents;
    }

    private static List<int[]> manyDocuments() {
        int[] lengths = IntStream.range(0, 700)
                .map(i -> 1 + new CounterRandom(5, Purpose.NOISE, 0, i).nextInt(80))
                .toArray();
        lengths[300] = 65_536 + 500;
        return documents(lengths);
    }

    private static TokenStore memory(List<int[]> documents) {
        TokenStore store = new TokenStore(TOKENIZER.vocabSize());
        documents.forEach(store::append);
        return store;
    }

    private TokenShards shards(List<int[]> documents) {
        try (TokenShardWriter writer = TokenShardWriter.open(directory, "train", TOKENIZER, "test")) {
            documents.forEach(writer::append);
            writer.commit();
        }
        return TokenShards.open(directory, "train", TOKENIZER);
    }

    private static PretrainingDataset dataset(DocumentStore documents, Objective objective) {
        return PretrainingDataset.of("corpus", documents, objective, TOKENIZER);
    }

    private static List<TokenExample> examples(Dataset dataset, long epoch) {
        Dataset.Epoch pass = dataset.epoch(1, epoch);
        return LongStream.range(0, pass.size()).mapToObj(pass::example).toList();
    }

    private static int[] sortedInputs(Dataset dataset, long epoch) {
        return examples(dataset, epoch).stream()
                .flatMapToInt(example -> Arrays.stream(example.inputs()))
                .sorted()
                .toArray();
    }

    @Test
    void filesAndMemoryGiveTheSameExamples() {
        List<int[]> documents = manyDocuments();
        TokenStore memory = memory(documents);
        TokenShards shards = shards(documents);
        for (Objective objective : List.of(SPANS, new Plain(100, false, false), new Plain(33, true, true))) {
            assertThat(dataset(shards, objective).checksum())
                    .isEqualTo(dataset(memory, objective).checksum());
            for (long epoch = 0; epoch < 4; epoch++) {
                assertThat(examples(dataset(shards, objective), epoch))
                        .hasSizeGreaterThan(200)
                        .isEqualTo(examples(dataset(memory, objective), epoch));
            }
        }
    }

    @Test
    void theStreamIsTheSameAndGoesOnFromAPositionOfTheOther() {
        List<int[]> documents = manyDocuments();
        TrainingData memory = TrainingData.of(dataset(memory(documents), SPANS)).withShuffleWindow(64);
        TrainingData shards = TrainingData.of(dataset(shards(documents), SPANS)).withShuffleWindow(64);
        BatchConfig config = BatchConfig.of(8, 3);
        List<Batch> expected = new ArrayList<>();
        List<DataPosition> positions = new ArrayList<>();
        try (BatchStream stream = BatchStream.open(memory, config, DataPosition.start())) {
            for (int i = 0; i < 300; i++) {
                positions.add(stream.position());
                expected.add(stream.next());
            }
        }
        for (int from = 0; from < 300; from += 23) {
            try (BatchStream resumed = BatchStream.open(shards, config, positions.get(from))) {
                for (int i = from; i < Math.min(from + 5, 300); i++) {
                    assertThat(resumed.next()).isEqualTo(expected.get(i));
                }
            }
        }
        TrainingData otherWindow = shards.withShuffleWindow(65);
        assertThatThrownBy(() -> BatchStream.open(otherWindow, config, positions.get(5)))
                .hasMessageContaining("belongs to other data or settings")
                .hasMessageContaining("shuffleWindow");
        assertThatThrownBy(() -> shards.withShuffleWindow(0)).hasMessageContaining("shuffleWindow is 0");
    }

    @Test
    void frozenNoiseIsThatOfTheFirstEpochInAnOrderOfItsOwn() {
        PretrainingDataset fresh = dataset(memory(manyDocuments()), SPANS);
        PretrainingDataset frozen = fresh.withFrozenNoise();
        List<TokenExample> first = examples(fresh, 0);
        for (long epoch = 0; epoch < 4; epoch++) {
            assertThat(examples(frozen, epoch)).isEqualTo(first);
        }
        assertThat(new HashSet<>(examples(fresh, 1))).doesNotContainAnyElementsOf(first);
        assertThat(frozen.checksum()).isNotEqualTo(fresh.checksum());
        int size = first.size();
        try (BatchStream stream =
                BatchStream.open(TrainingData.of(frozen), new BatchConfig(size, 1L, 1, 0, 1), DataPosition.start())) {
            Batch one = stream.next();
            Batch two = stream.next();
            assertThat(two).isNotEqualTo(one);
            assertThat(rows(two)).isEqualTo(rows(one)).hasSize(size);
        }
    }

    private static Set<List<Integer>> rows(Batch batch) {
        Set<List<Integer>> rows = new HashSet<>();
        for (int row = 0; row < batch.size(); row++) {
            rows.add(Arrays.stream(batch.inputIds(), row * batch.inputLength(), (row + 1) * batch.inputLength())
                    .boxed()
                    .toList());
        }
        return rows;
    }

    @Test
    void aCutCorpusRepeatsItsFirstTokens() {
        List<int[]> documents = documents(5, 9, 4, 7);
        for (DocumentStore store : List.of(memory(documents), shards(documents))) {
            for (long epoch = 0; epoch < 3; epoch++) {
                assertThat(sortedInputs(dataset(store.first(16), new Plain(6, true, false)), epoch))
                        .containsExactly(IntStream.range(10, 26).toArray());
            }
        }
    }

    @Test
    void severalObjectivesShareTheDocuments() {
        List<WeightedObjective> objectives = List.of(
                new WeightedObjective("r", spans(0.15, 3.0), 2),
                new WeightedObjective("x", spans(0.5, 8.0), 1),
                new WeightedObjective("plain", new Plain(50, true, false), 0.5));
        List<int[]> documents = manyDocuments();
        TrainingData data = TrainingData.ofCorpus("corpus", memory(documents), objectives, false, TOKENIZER);
        assertThat(data.parts()).extracting(TrainingData.Part::rate).containsExactly(2.0, 1.0, 0.5);
        assertThat(data.parts())
                .extracting(part -> part.dataset().name())
                .containsExactly("corpus/r", "corpus/x", "corpus/plain");
        assertThat(data.parts()).extracting(part -> part.dataset().examples()).containsExactly(234L, 233L, 233L);
        assertThat(sortedInputs(data.parts().get(2).dataset(), 0))
                .containsExactly(IntStream.range(0, 700)
                        .filter(i -> i % 3 == 2)
                        .flatMap(i -> Arrays.stream(documents.get(i)))
                        .toArray());
        assertThat(TrainingData.ofCorpus("corpus", memory(documents), objectives.subList(0, 1), true, TOKENIZER)
                        .parts())
                .extracting(part -> part.dataset().name())
                .containsExactly("corpus");
        BatchConfig config = BatchConfig.of(4, 1);
        List<Batch> expected = new ArrayList<>();
        DataPosition position;
        try (BatchStream stream = BatchStream.open(data, config, DataPosition.start())) {
            for (int i = 0; i < 70; i++) {
                stream.next();
            }
            position = stream.position();
            for (int i = 0; i < 70; i++) {
                expected.add(stream.next());
            }
        }
        try (BatchStream resumed = BatchStream.open(data, config, position)) {
            for (Batch batch : expected) {
                assertThat(resumed.next()).isEqualTo(batch);
            }
        }
    }

    private static Objective spans(double density, double length) {
        return Objectives.create(new ObjectiveConfig("span_corruption", 64, null, density, length, null), TOKENIZER);
    }

    @Test
    void everyDocumentOrChunkEndsWhereTheObjectiveWantsIt() {
        List<int[]> documents = documents(3, 1, 65_536 + 2, 4);
        for (boolean merges : new boolean[] {true, false}) {
            PretrainingDataset dataset = dataset(memory(documents), new Plain(1000, merges, true));
            for (long epoch = 0; epoch < 6; epoch++) {
                List<Integer> joined = new ArrayList<>();
                examples(dataset, epoch)
                        .forEach(example -> Arrays.stream(example.inputs()).forEach(joined::add));
                assertThat(joined.stream().filter(id -> id == 1).count()).isEqualTo(4);
                assertThat(joined.get(joined.size() - 1)).isEqualTo(1);
                assertThat(joined).containsSubsequence(10, 11, 12, 1);
                assertThat(joined).containsSequence(13, 1);
                int last = 10 + 4 + 65_536 + 2 - 1;
                boolean firstChunk = joined.contains(14);
                assertThat(joined).containsSequence(firstChunk ? 14 + 65_536 - 1 : last, 1);
                assertThat(joined).hasSize(4 + 8 + (firstChunk ? 65_536 : 2));
            }
        }
    }

    @Test
    void aSegmentMayHoldNothingButAnEnd() {
        PretrainingDataset dataset = dataset(memory(documents(6)), new Plain(3, true, true));
        assertThat(examples(dataset, 0))
                .extracting(TokenExample::inputs)
                .containsExactly(new int[] {10, 11, 12}, new int[] {13, 14, 15}, new int[] {1});
    }
}
