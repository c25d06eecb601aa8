package org.t5j.data.prepare;

import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.Registry;
import org.t5j.data.dedup.MinHash;
import org.t5j.data.dedup.Units;

/**
 * Which repetition is removed. Values that are left out (null) take their defaults.
 *
 * @param kinds any of {@code documents}, {@code near}, {@code lines}, {@code spans}; applied in this order; default
 *     {@code [spans]}, as the paper on C4 describes it (its code removes lines)
 * @param shingleWords {@code near}: words that are compared together; default 5
 * @param bands {@code near}: bands of MinHash; default 20
 * @param rows {@code near}: hash functions in a band; default 6
 * @param similarity {@code near}: share of common shingles of which on documents are duplicates; default 0.8
 */
public record DedupConfig(List<String> kinds, Integer shingleWords, Integer bands, Integer rows, Double similarity) {
    static final String NEAR = "near";

    /** The units of each kind; near duplicates are whole documents, found otherwise. */
    static final Registry<Units> KINDS = new Registry<Units>("kind of repetition")
            .add("documents", Units.DOCUMENTS)
            .add(NEAR, Units.DOCUMENTS)
            .add("lines", Units.LINES)
            .add("spans", Units.SPANS);

    public DedupConfig {
        List<String> chosen = kinds == null ? List.of("spans") : kinds;
        chosen.forEach(KINDS::get);
        kinds = KINDS.names().stream().filter(chosen::contains).toList();
        shingleWords = shingleWords == null ? 5 : shingleWords;
        bands = bands == null ? 20 : bands;
        rows = rows == null ? 6 : rows;
        similarity = similarity == null ? 0.8 : similarity;
        new MinHash(shingleWords, bands, rows);
        DataException.check(
                similarity > 0 && similarity <= 1, "similarity is %s, but must be above 0 and at most 1.", similarity);
    }

    /** C4's: three-sentence spans. */
    public static DedupConfig defaults() {
        return ofKinds(null);
    }

    /** Some kinds, with the usual numbers. */
    public static DedupConfig ofKinds(List<String> kinds) {
        return new DedupConfig(kinds, null, null, null, null);
    }

    MinHash minHash() {
        return new MinHash(shingleWords, bands, rows);
    }
}
