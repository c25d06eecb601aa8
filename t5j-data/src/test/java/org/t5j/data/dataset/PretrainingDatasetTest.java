package org.t5j.data.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.TokenExample;
import org.t5j.data.WordTokenizer;
import org.t5j.data.objective.Objective;
import org.t5j.data.objective.ObjectiveConfig;
import org.t5j.data.objective.Objectives;
import org.t5j.data.source.Source;

/** The pre-training pipeline: joining, cutting, chunks of long documents, and new masks every epoch. */
class PretrainingDatasetTest {
    private static final WordTokenizer TOKENIZER = new WordTokenizer(200_000, 100);

    /** Documents of the given lengths, whose tokens count on from 10. */
    private static PretrainingDataset corpus(Objective objective, int... lengths) {
        List<Example> documents = new ArrayList<>();
        int token = 10;
        for (int length : lengths) {
            String text = IntStream.range(token, token + length)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(" "));
            documents.add(Example.of(text, ""));
            token += length;
        }
        return PretrainingDataset.load("corpus", Source.of(documents), Example.INPUTS, objective, TOKENIZER);
    }

    private static List<int[]> segments(Dataset dataset, long epoch) {
        Dataset.Epoch pass = dataset.epoch(1, epoch);
        return LongStream.range(0, pass.size())
                .mapToObj(i -> pass.example(i).inputs())
                .toList();
    }

    private static int[] sortedTokens(List<int[]> segments) {
        return segments.stream().flatMapToInt(Arrays::stream).sorted().toArray();
    }

    @Test
    void documentsAreJoinedAndCutAndNoTokenIsLost() {
        PretrainingDataset dataset = corpus(new Plain(7, true, false), 5, 1, 12, 3, 9);
        assertThat(dataset.tokens()).isEqualTo(30);
        for (long epoch = 0; epoch < 5; epoch++) {
            List<int[]> segments = segments(dataset, epoch);
            assertThat(segments).extracting(segment -> segment.length).containsExactly(7, 7, 7, 7, 2);
            assertThat(sortedTokens(segments))
                    .containsExactly(IntStream.range(10, 40).toArray());
        }
    }

    @Test
    void everyEpochBeginsAtAnotherDocument() {
        PretrainingDataset dataset = corpus(new Plain(7, true, false), 5, 1, 12, 3, 9);
        Set<Integer> beginnings = new HashSet<>();
        for (long epoch = 0; epoch < 50; epoch++) {
            beginnings.add(segments(dataset, epoch).get(0)[0]);
        }
        assertThat(beginnings).containsExactlyInAnyOrder(10, 15, 16, 28, 31);
    }

    @Test
    void groupsOf128DocumentsAreCutEachForItself() {
        int[] lengths = new int[300];
        Arrays.fill(lengths, 3);
        List<int[]> segments = segments(corpus(new Plain(100, true, false), lengths), 0);
        assertThat(segments)
                .extracting(segment -> segment.length)
                .containsExactly(100, 100, 100, 84, 100, 100, 100, 84, 100, 32);
        assertThat(sortedTokens(segments)).hasSize(900).doesNotHaveDuplicates();
    }

    @Test
    void withoutMergingEveryDocumentIsCutForItself() {
        List<int[]> segments = segments(corpus(new Plain(7, false, false), 5, 1, 12), 0);
        assertThat(segments).extracting(segment -> segment.length).containsExactlyInAnyOrder(5, 1, 7, 5);
        assertThat(sortedTokens(segments)).hasSize(18);
    }

    @Test
    void anEpochSeesOneChunkOfALongDocument() {
        PretrainingDataset dataset = corpus(new Plain(1000, true, false), 65_536 + 100, 20);
        Set<Integer> sizes = new HashSet<>();
        for (long epoch = 0; epoch < 20; epoch++) {
            int[] tokens = sortedTokens(segments(dataset, epoch));
            sizes.add(tokens.length);
            assertThat(tokens[0]).isEqualTo(tokens.length == 120 ? 10 + 65_536 : 10);
        }
        assertThat(sizes).containsExactlyInAnyOrder(65_536 + 20, 100 + 20);
    }

    @Test
    void masksAreNewEveryEpochAndTheSameWhenAskedAgain() {
        Objective objective = Objectives.create(ObjectiveConfig.spanCorruption(64), TOKENIZER);
        PretrainingDataset dataset = corpus(objective, 70);
        TokenExample first = dataset.epoch(1, 0).example(0);
        assertThat(dataset.epoch(1, 0).example(0)).isEqualTo(first);
        assertThat(dataset.epoch(1, 1).example(0)).isNotEqualTo(first);
        assertThat(dataset.epoch(2, 0).example(0)).isNotEqualTo(first);
        assertThat(first.inputs()).hasSize(64);
    }

    @Test
    void checksumsTellTextAndObjectiveApart() {
        long checksum = corpus(new Plain(7, true, false), 5, 1).checksum();
        assertThat(corpus(new Plain(7, true, false), 5, 1).checksum()).isEqualTo(checksum);
        assertThat(corpus(new Plain(8, true, false), 5, 1).checksum()).isNotEqualTo(checksum);
        assertThat(corpus(new Plain(7, true, false), 6).checksum()).isNotEqualTo(checksum);
    }

    @Test
    void aCorpusWithoutTextIsRefused() {
        assertThatThrownBy(() -> corpus(new Plain(7, true, false), 0, 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("holds no text");
    }
}
