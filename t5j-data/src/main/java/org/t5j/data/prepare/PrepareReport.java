package org.t5j.data.prepare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.t5j.data.clean.Removals;

/**
 * What a preparation did: the contents of {@value #FILE}, the file that is written last. It depends on the input and the
 * settings alone.
 *
 * @param format {@value #FORMAT}
 * @param madeBy version of t5j
 * @param fingerprint of settings, input and vocabulary, hexadecimal
 * @param settings all of them
 * @param inputs files that were read
 * @param vocabulary fingerprint of the vocabulary, null where no ids were made
 * @param documentsRead number of documents
 * @param charactersRead UTF-16 units of these
 * @param badRows rows of the source that were passed over
 * @param removed what each rule and kind of repetition removed, in the order of their application
 * @param splits what was written
 * @param texts files of text, if it was kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PrepareReport(
        String format,
        String madeBy,
        String fingerprint,
        PrepareConfig settings,
        List<File> inputs,
        String vocabulary,
        long documentsRead,
        long charactersRead,
        long badRows,
        Map<String, Removals.Removed> removed,
        Map<String, Split> splits,
        List<File> texts) {
    /** Name of the file in the output directory. */
    public static final String FILE = "report.json";

    /** What the file calls itself. */
    public static final String FORMAT = "t5j prepared corpus";

    /**
     * A file.
     *
     * @param bytes its size
     * @param modified of an input: when it was changed, ISO 8601
     * @param crc32c of an output: CRC-32C of its bytes, hexadecimal
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record File(String name, long bytes, String modified, String crc32c) {}

    /**
     * A split.
     *
     * @param tokens number of ids, null where none were made
     * @param checksum of the ids, see {@link org.t5j.data.cache.TokenShardsInfo#checksum()}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Split(long documents, long characters, Long tokens, String checksum) {}
}
