package org.t5j.data.dataset;

import java.nio.file.Path;
import java.util.List;
import org.t5j.data.Example;
import org.t5j.data.cache.Texts;
import org.t5j.data.source.ExampleReader;
import org.t5j.data.source.RowRules;
import org.t5j.data.source.Source;
import org.t5j.tokenizer.Tokenizer;

/**
 * The documents of a corpus; those that the tokenizer finds nothing in are left out.
 *
 * @param field the field of the source's examples that holds a document, such as {@code text}
 */
public record CorpusTexts(String name, Source source, String field) implements Texts {

    @Override
    public List<Path> files() {
        return source.files();
    }

    @Override
    public RowRules rules() {
        return source.rules();
    }

    @Override
    public ExampleReader open() {
        return source.open(0);
    }

    @Override
    public int documentsPerExample() {
        return 1;
    }

    @Override
    public List<int[]> encode(Example example, Tokenizer tokenizer) {
        int[] ids = tokenizer.encode(example.get(field));
        return ids.length == 0 ? List.of() : List.of(ids);
    }
}
