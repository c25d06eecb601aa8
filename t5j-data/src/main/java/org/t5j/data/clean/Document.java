package org.t5j.data.clean;

import java.util.Objects;

/**
 * A document of a corpus.
 *
 * @param text lines with line feeds between them
 * @param origin where it was read, such as {@code crawl.jsonl.gz:12}; quoted in reports
 */
public record Document(String text, String origin) {
    public Document {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(origin, "origin");
    }
}
