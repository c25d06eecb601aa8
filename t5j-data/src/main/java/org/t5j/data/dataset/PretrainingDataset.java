package org.t5j.data.dataset;

import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.TokenExample;
import org.t5j.data.objective.Objective;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;
import org.t5j.data.source.ExampleReader;
import org.t5j.data.source.Source;
import org.t5j.tokenizer.Tokenizer;

/**
 * A corpus under an unsupervised objective, as T5's pre-training pipeline prepares it: a chunk of each document
 * ({@code select_random_chunk}), 128 documents joined without a separator ({@code reduce_concat_tokens}), cut into
 * segments ({@code split_tokens}; the last of the 128 documents may be short), each given to the objective.
 *
 * <p>Documents are taken in the order of the files, but every epoch begins at another one, so that segments are cut
 * elsewhere; masks and the chunks of long documents are new in every epoch too.
 */
public final class PretrainingDataset implements Dataset {
    private static final int DOCUMENTS_TO_JOIN = 128;

    private final String name;
    private final TokenStore documents;
    private final Objective objective;

    private PretrainingDataset(String name, TokenStore documents, Objective objective) {
        this.name = name;
        this.documents = documents;
        this.objective = objective;
    }

    /**
     * Reads and tokenizes a corpus.
     *
     * @param name for errors and positions
     * @param field the field of the source's examples that holds a document, such as {@code text}
     * @throws DataException if it cannot be read or holds no text
     */
    public static PretrainingDataset load(
            String name, Source corpus, String field, Objective objective, Tokenizer tokenizer) {
        TaskDataset.checkPadding(tokenizer);
        TokenStore documents = new TokenStore(tokenizer.vocabSize());
        try (ExampleReader reader = corpus.open(0)) {
            for (Example document = reader.next(); document != null; document = reader.next()) {
                int[] tokens = tokenizer.encode(document.get(field));
                if (tokens.length > 0) {
                    documents.append(tokens);
                }
            }
        }
        DataException.check(
                documents.size() > 0, "Corpus '%s' holds no text that the tokenizer can read. Check its files.", name);
        return new PretrainingDataset(name, documents, objective);
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
        return CounterRandom.mix(documents.checksum()) ^ objective.settings().hashCode();
    }

    @Override
    public Epoch epoch(long seed, long epoch) {
        int first = new CounterRandom(seed, Purpose.ROTATION, epoch, 0).nextInt(documents.size());
        int group = objective.mergeExamples() ? DOCUMENTS_TO_JOIN : 1;
        SegmentLayout layout = new SegmentLayout(documents, seed, epoch, first, group, objective.segmentLength());
        return new Epoch() {
            @Override
            public int size() {
                return layout.size();
            }

            @Override
            public TokenExample example(int index) {
                return objective.apply(layout.segment(index), new CounterRandom(seed, Purpose.NOISE, epoch, index));
            }
        };
    }
}
