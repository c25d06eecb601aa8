package org.t5j.examples.corpus;

import java.nio.file.Path;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.clean.CleaningConfig;
import org.t5j.data.prepare.DedupConfig;
import org.t5j.data.prepare.PrepareConfig;
import org.t5j.data.source.SourceConfig;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.config.ConfigException;
import org.t5j.train.config.ConfigFile;
import org.t5j.train.config.ConfigSchema;
import org.t5j.train.config.Doc;
import org.t5j.train.run.VocabularyFiles;
import org.t5j.train.setup.TokenizerSection;

/** The configuration of {@code t5j data prepare}. */
public record PrepareFile(
        @Doc("what is read") SourceConfig source,

        @Doc("the field that holds a document") String field,

        @Doc("the vocabulary; without one only text is written")
        TokenizerSection tokenizer,

        @Doc("cleaning rules") CleaningConfig clean,
        @Doc("repetition that is removed") DedupConfig dedup,
        @Doc("share of the documents for validation") Double validation,

        @Doc("whether the prepared text is written too, as JSON lines")
        Boolean keepText,

        @Doc("megabytes of heap for finding repetition") Integer memoryMb) {

    private static final ConfigFile<PrepareFile> FILE =
            new ConfigFile<>(PrepareFile.class, new ConfigSchema(PrepareFile.class).fileNames("", "source[.]files"));

    /** Nothing is set. */
    public static PrepareFile defaults() {
        return new PrepareFile(null, null, null, null, null, null, null, null);
    }

    /**
     * The file, or none where it is null, changed by settings {@code key.path=value}. Relative names of files start from
     * the file's directory, those in settings from the working directory.
     */
    public static PrepareFile load(Path file, List<String> settings) {
        return file == null ? FILE.ofSettings(settings) : FILE.load(file, settings);
    }

    /** A setting for {@link #load}. */
    public static String setting(String key, Object value) {
        return FILE.setting(key, value);
    }

    /** The source, which must be set. */
    public SourceConfig requireSource() {
        if (source == null) {
            throw new ConfigException("source names nothing to read; give --input FILE, or a source in --config");
        }
        return source;
    }

    /** The vocabulary, or null. */
    public Tokenizer vocabulary() {
        return tokenizer == null ? null : VocabularyFiles.of(tokenizer).tokenizer();
    }

    /**
     * Everything but source and vocabulary.
     *
     * @throws ConfigException if a value does not fit, or nothing would be written
     */
    public PrepareConfig config() {
        if (tokenizer == null && (keepText == null || !keepText)) {
            throw new ConfigException("There is nothing to write; name a --tokenizer to write ids, --keep-text to write"
                    + " text, or both");
        }
        try {
            return new PrepareConfig(field, clean, dedup, validation, keepText, memoryMb);
        } catch (DataException e) {
            throw new ConfigException(e.getMessage(), e);
        }
    }

    /** The format that a file's name tells; {@code documents} if it tells none. */
    public static String formatOf(String file) {
        return SourceConfig.formatOf(file).orElse("documents");
    }
}
