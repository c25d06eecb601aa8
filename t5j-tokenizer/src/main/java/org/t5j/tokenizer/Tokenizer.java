package org.t5j.tokenizer;

/**
 * Turns text into token ids and back. Implementations are immutable and safe for use by many threads.
 *
 * <p>Ids are {@code 0 … vocabSize()-1}. Special ids follow T5: padding (also the decoder's start token), end of
 * sequence, unknown; sentinels are the {@code <extra_id_i>} tokens that stand for dropped spans.
 */
public interface Tokenizer {

    /**
     * The ids of {@code text}, without an end-of-sequence token; empty for text that normalises to nothing.
     *
     * @param text a surrogate without its partner counts as U+FFFD, the replacement character
     * @throws NullPointerException if {@code text} is null
     */
    int[] encode(String text);

    /**
     * The text of {@code ids}. Control tokens (padding, end of sequence) decode to nothing.
     *
     * <p>An id outside the vocabulary is an error here. A model whose embedding table was rounded up can write such ids:
     * read what a model wrote with {@link #decodeOutput}.
     *
     * @throws TokenizerException if an id is below 0 or not below {@link #vocabSize()}
     */
    String decode(int... ids);

    /**
     * The text of ids that a model wrote: those beyond the vocabulary, which rows of an embedding table that was rounded
     * up stand for, decode to nothing.
     *
     * @throws TokenizerException if an id is below 0
     */
    default String decodeOutput(int... ids) {
        return decode(
                java.util.Arrays.stream(ids).filter(id -> id < vocabSize()).toArray());
    }

    /** Number of ids, sentinels included. */
    int vocabSize();

    /**
     * The piece of {@code id}, as it stands in the vocabulary.
     *
     * @throws TokenizerException if {@code id} is outside the vocabulary
     */
    String piece(int id);

    /** Id of padding, which is also the decoder's start token; 0 in T5. */
    int padId();

    /** Id of the end-of-sequence token; 1 in T5. */
    int eosId();

    /** Id of the unknown token; 2 in T5. */
    int unkId();

    /** Number of sentinels; 100 in T5. */
    int sentinelCount();

    /**
     * Id of the sentinel {@code <extra_id_index>}.
     *
     * @param index 0 … {@link #sentinelCount()}-1
     * @throws TokenizerException if there is no such sentinel
     */
    int sentinelId(int index);
}
