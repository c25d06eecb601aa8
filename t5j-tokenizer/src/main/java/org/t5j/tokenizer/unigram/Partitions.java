package org.t5j.tokenizer.unigram;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.t5j.tokenizer.train.Sentence;
import org.t5j.tokenizer.train.Workers;

/**
 * The words of a text, dealt out to a fixed number of partitions. Sums of floats depend on their order; so each
 * partition is summed for itself and they are added up in order. Thus results do not depend on the number of
 * processors. {@code spm_train} does the same with its {@code num_threads}.
 *
 * @param words distinct words, or lines where the text is not split at spaces, none empty
 * @param count number of partitions
 * @param workers threads that share them
 */
record Partitions(List<Sentence> words, int count, Workers workers) {

    /** The {@code i}th word of a partition. */
    Sentence word(int partition, int i) {
        return words.get(partition + i * count);
    }

    /** The number of words in a partition. */
    int size(int partition) {
        return Math.max(0, (words.size() - partition + count - 1) / count);
    }

    /** What {@code task} makes of each partition, in order. */
    <T> List<T> map(IntFunction<T> task) {
        return workers.map(IntStream.range(0, count).boxed().toList(), task::apply);
    }
}
