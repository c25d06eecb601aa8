package org.t5j.data.cache;

import org.t5j.data.DataException;

/** Tokenized documents in order, each a sequence of ids; read at random by any number of threads. */
public interface DocumentStore {

    /** Number of documents. */
    long size();

    /**
     * Number of ids in a document.
     *
     * @param document 0 … {@link #size()}-1
     */
    int length(long document);

    /** Copies {@code count} ids of a document, from its id {@code from}, into {@code target} at {@code at}. */
    void copyInto(long document, int from, int[] target, int at, int count);

    /** A number that differs, almost surely, for other documents, and is the same wherever these are kept. */
    long checksum();

    /** A length that no document exceeds. */
    int longest();

    /** Number of ids in the documents {@code from} … {@code to-1}. */
    default long tokens(long from, long to) {
        long tokens = 0;
        for (long document = from; document < to; document++) {
            tokens += length(document);
        }
        return tokens;
    }

    /** Number of ids in all documents. */
    default long tokens() {
        return tokens(0, size());
    }

    /** The ids of a document. */
    default int[] get(long document) {
        int[] ids = new int[length(document)];
        copyInto(document, 0, ids, 0, ids.length);
        return ids;
    }

    /**
     * The first documents, as many as have {@code maxTokens} ids together, the last one cut to the number; all, if they
     * have no more.
     *
     * @param maxTokens at least 1
     */
    default DocumentStore first(long maxTokens) {
        DataException.check(maxTokens >= 1, "maxTokens is %d, but must be at least 1.", maxTokens);
        return tokens() <= maxTokens ? this : new FirstTokens(this, maxTokens);
    }

    /**
     * The documents whose number leaves the remainder {@code index} when divided by {@code n}.
     *
     * @throws DataException if there are fewer than {@code n} documents
     */
    default DocumentStore shard(int n, int index) {
        DataException.check(
                size() >= n, "%d documents cannot be shared among %d objectives. Give more documents.", size(), n);
        return n == 1 ? this : new EveryNth(this, index, n);
    }
}
