package org.t5j.data.prepare;

import org.t5j.data.DataException;
import org.t5j.data.clean.CleaningConfig;

/**
 * How a corpus is prepared. Values that are left out (null) take their defaults.
 *
 * @param field of the source's examples that holds the document; default {@code text}
 * @param clean rules; by default C4's
 * @param dedup repetition; by default three-sentence spans
 * @param validation share of the documents that goes to split {@code validation}, 0 to below 1; which ones depends on their
 *     text alone, so the split stays as the corpus grows; default 0.01
 * @param keepText whether the prepared text is written too, as JSON lines; default false
 * @param memoryMb megabytes of heap for finding repetition; default a third of the heap's limit
 */
public record PrepareConfig(
        String field, CleaningConfig clean, DedupConfig dedup, Double validation, Boolean keepText, Integer memoryMb) {

    public PrepareConfig {
        field = field == null ? "text" : field;
        clean = clean == null ? CleaningConfig.defaults() : clean;
        dedup = dedup == null ? DedupConfig.defaults() : dedup;
        validation = validation == null ? 0.01 : validation;
        keepText = keepText != null && keepText;
        DataException.check(
                validation >= 0 && validation < 1, "validation is %s, but must be 0 to below 1.", validation);
        DataException.check(memoryMb == null || memoryMb >= 1, "memoryMb is %d, but must be at least 1.", memoryMb);
    }

    /** C4's rules, a hundredth for validation. */
    public static PrepareConfig defaults() {
        return new PrepareConfig(null, null, null, null, null, null);
    }

    /** Bytes for finding repetition. */
    long memory() {
        return memoryMb != null ? (long) memoryMb << 20 : Runtime.getRuntime().maxMemory() / 3;
    }
}
