package org.t5j.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.t5j.tokenizer.Tokenizer;

/**
 * A tokenizer for tests: splits at spaces. A word that is a number {@code n} is id {@code n}; any other word gets an id by
 * its hash. Sentinels are the last ids, counting down as in T5.
 */
public class WordTokenizer implements Tokenizer {
    private final int vocabSize;
    private final int sentinelCount;

    public WordTokenizer(int vocabSize, int sentinelCount) {
        this.vocabSize = vocabSize;
        this.sentinelCount = sentinelCount;
    }

    /** As large as T5's vocabulary. */
    public WordTokenizer() {
        this(32100, 100);
    }

    @Override
    public int[] encode(String text) {
        List<Integer> ids = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            if (!word.isEmpty()) {
                ids.add(word.matches("\\d+") ? Integer.parseInt(word) : 3 + Math.floorMod(word.hashCode(), 30_000));
            }
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public String decode(int... ids) {
        return IntStream.of(ids).filter(id -> id > 1).mapToObj(this::piece).collect(Collectors.joining(" "));
    }

    @Override
    public int vocabSize() {
        return vocabSize;
    }

    @Override
    public String piece(int id) {
        return Integer.toString(id);
    }

    @Override
    public int padId() {
        return 0;
    }

    @Override
    public int eosId() {
        return 1;
    }

    @Override
    public int unkId() {
        return 2;
    }

    @Override
    public int sentinelCount() {
        return sentinelCount;
    }

    @Override
    public int sentinelId(int index) {
        return vocabSize - 1 - index;
    }
}
