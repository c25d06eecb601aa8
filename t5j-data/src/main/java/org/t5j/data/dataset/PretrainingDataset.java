package org.t5j.data.dataset;

import org.t5j.data.DataException;
import org.t5j.data.TokenExample;
import org.t5j.data.cache.DocumentStore;
import org.t5j.data.cache.TokenCache;
import org.t5j.data.objective.Objective;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;
import org.t5j.data.source.Source;
import org.t5j.tokenizer.Tokenizer;

/**
 * A corpus under an unsupervised objective, as T5's pre-training pipeline prepares it: a chunk of each document
 * ({@code select_random_chunk}), 128 documents joined without a separator ({@code reduce_concat_tokens}), cut into
 * segments ({@code split_tokens}; the last of the 128 documents may be short), each given to the objective.
 *
 * <p>Documents are taken in the order of the files, but every epoch begins at another one, so that segments are cut
 * elsewhere; masks and the chunks of long documents are new in every epoch too, unless the noise is frozen.
 */
public final class PretrainingDataset implements Dataset {
    private final String name;
    private final DocumentStore documents;
    private final Objective objective;
    private final int eosId;
    private final boolean frozenNoise;

    private PretrainingDataset(
            String name, DocumentStore documents, Objective objective, int eosId, boolean frozenNoise) {
        DataException.check(
                documents.size() > 0 && documents.longest() > 0,
                "Corpus '%s' holds no text that the tokenizer can read. Check its files.",
                name);
        this.name = name;
        this.documents = documents;
        this.objective = objective;
        this.eosId = eosId;
        this.frozenNoise = frozenNoise;
    }

    /**
     * A corpus that is tokenized already.
     *
     * @param name for errors and positions
     * @param documents not empty, each without an end-of-sequence token
     * @throws DataException if it holds no text
     */
    public static PretrainingDataset of(
            String name, DocumentStore documents, Objective objective, Tokenizer tokenizer) {
        TaskDataset.checkPadding(tokenizer);
        return new PretrainingDataset(name, documents, objective, tokenizer.eosId(), false);
    }

    /**
     * Reads and tokenizes a corpus that fits in memory.
     *
     * @param name for errors and positions
     * @param field the field of the source's examples that holds a document, such as {@code text}
     * @throws DataException if it cannot be read or holds no text
     */
    public static PretrainingDataset load(
            String name, Source corpus, String field, Objective objective, Tokenizer tokenizer) {
        CorpusTexts texts = new CorpusTexts(name, corpus, field);
        return of(name, TokenCache.inMemory().load(texts, tokenizer), objective, tokenizer);
    }

    /** The same corpus with masks, chunks and cuts of epoch 0 in every epoch; only the order is new in each. */
    public PretrainingDataset withFrozenNoise() {
        return new PretrainingDataset(name, documents, objective, eosId, true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int inputLength() {
        return objective.inputLength();
    }

    @Override
    public int targetLength() {
        return objective.targetLength();
    }

    @Override
    public long examples() {
        return documents.size();
    }

    /** Number of tokens in the corpus. */
    public long tokens() {
        return documents.tokens();
    }

    @Override
    public long checksum() {
        long checksum =
                CounterRandom.mix(documents.checksum()) ^ objective.settings().hashCode();
        return frozenNoise ? CounterRandom.mix(checksum) : checksum;
    }

    @Override
    public Epoch epoch(long seed, long epoch) {
        long content = frozenNoise ? 0 : epoch;
        SegmentLayout layout = new SegmentLayout(documents, objective, eosId, seed, content);
        return new Epoch() {
            @Override
            public long size() {
                return layout.size();
            }

            @Override
            public TokenExample example(long index) {
                return objective.apply(layout.segment(index), new CounterRandom(seed, Purpose.NOISE, content, index));
            }
        };
    }
}
