package org.t5j.data.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.data.Example;
import org.t5j.data.WordTokenizer;
import org.t5j.data.dataset.CorpusTexts;
import org.t5j.data.source.Source;

/** Documents in memory, longer than a block too, and what tells them apart. */
class TokenStoreTest {

    @ParameterizedTest
    @ValueSource(ints = {32_100, 250_112})
    void documentsCrossBlocks(int vocabSize) {
        List<int[]> documents = new ArrayList<>();
        for (int length : new int[] {1, 1_048_570, 5, 3, 2_500_000, 0, 7}) {
            int salt = documents.size();
            documents.add(IntStream.range(0, length)
                    .map(i -> (i * 31 + salt) % vocabSize)
                    .toArray());
        }
        TokenStore store = new TokenStore(vocabSize);
        documents.forEach(store::append);
        for (int i = 0; i < documents.size(); i++) {
            assertThat(store.get(i)).isEqualTo(documents.get(i));
        }
        assertThat(store.longest()).isEqualTo(2_500_000);
    }

    private static long checksum(int[]... documents) {
        TokenStore store = new TokenStore(32_100);
        List.of(documents).forEach(store::append);
        return store.checksum();
    }

    @Test
    void theChecksumTellsValuesOrderAndBordersApart() {
        Set<Long> checksums = new HashSet<>();
        checksums.add(checksum(new int[] {1, 2, 3}));
        checksums.add(checksum(new int[] {1, 3, 2}));
        checksums.add(checksum(new int[] {1, 2, 4}));
        checksums.add(checksum(new int[] {0, 1, 2, 3}));
        checksums.add(checksum(new int[] {1, 2, 3, 0}));
        checksums.add(checksum(new int[] {1, 2}, new int[] {3}));
        checksums.add(checksum(new int[] {1}, new int[] {2, 3}));
        checksums.add(checksum(new int[] {3}, new int[] {1, 2}));
        checksums.add(checksum(new int[] {1, 2, 3}, new int[0]));
        checksums.add(checksum(new int[0], new int[] {1, 2, 3}));
        assertThat(checksums).hasSize(10);
        assertThat(checksum(new int[] {1, 2, 3})).isEqualTo(checksum(new int[] {1, 2, 3}));
    }

    @Test
    void oneThreadIsTheCallingOne() {
        Set<Thread> threads = new HashSet<>();
        WordTokenizer listening = new WordTokenizer() {
            @Override
            public int[] encode(String text) {
                threads.add(Thread.currentThread());
                return super.encode(text);
            }
        };
        Source source = Source.of(
                IntStream.range(0, 600).mapToObj(i -> Example.of("1 " + i, "")).toList());
        DocumentStore store =
                TokenCache.inMemory(1).load(new CorpusTexts("examples", source, Example.INPUTS), listening);
        assertThat(store.size()).isEqualTo(600);
        assertThat(threads).containsExactly(Thread.currentThread());
    }
}
