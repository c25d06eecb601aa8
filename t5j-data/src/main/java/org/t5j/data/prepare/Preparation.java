package org.t5j.data.prepare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.t5j.data.DataException;
import org.t5j.data.cache.TokenShardsInfo;
import org.t5j.data.cache.VocabularyFingerprint;
import org.t5j.data.clean.Cleaner;
import org.t5j.data.clean.CleaningRules;
import org.t5j.data.clean.LanguageDetector;
import org.t5j.data.clean.Removals;
import org.t5j.data.dedup.TextHash;
import org.t5j.data.source.Source;
import org.t5j.tokenizer.FileReason;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.tokenizer.train.Progress;

/**
 * Prepares a corpus: cleans it, removes repetition, splits it, and writes it as ids, as text or both.
 *
 * <pre>{@code
 * PrepareReport report = new Preparation(config, source, tokenizer, detector).run(directory, threads, Progress.NONE);
 * }</pre>
 *
 * <p>The result depends on source, settings and vocabulary, not on threads, memory or how often the process was killed:
 * started again with the same ones it goes on, finished it does nothing. Beside the output the cleaned text needs room on
 * the disk until all is done, and hashes: 8 bytes a line or sentence, 80 a document for near duplicates.
 */
public final class Preparation {
    /** The split to train on. */
    public static final String TRAIN = "train";

    /** The split to evaluate on. */
    public static final String VALIDATION = "validation";

    static final List<String> SPLITS = List.of(TRAIN, VALIDATION);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long BLOCK_CHARACTERS = 32L << 20;

    private final PrepareConfig config;
    private final Source source;
    private final Tokenizer tokenizer;
    private final Cleaner cleaner;
    private final long blockCharacters;

    /**
     * @param tokenizer null to make no ids, where text is kept
     * @param languages for the rule {@code language}, else null
     * @throws DataException if neither ids nor text are to be written, or the rules cannot be applied
     */
    public Preparation(PrepareConfig config, Source source, Tokenizer tokenizer, LanguageDetector languages) {
        this(config, source, tokenizer, languages, BLOCK_CHARACTERS);
    }

    /** @param blockCharacters how much is cleaned before it is saved */
    Preparation(
            PrepareConfig config,
            Source source,
            Tokenizer tokenizer,
            LanguageDetector languages,
            long blockCharacters) {
        DataException.check(
                tokenizer != null || config.keepText(),
                "There is nothing to write: give a tokenizer to write ids, or keepText: true to write text, or both.");
        this.config = config;
        this.source = source;
        this.tokenizer = tokenizer;
        this.cleaner = new Cleaner(config.clean(), languages);
        this.blockCharacters = blockCharacters;
    }

    /**
     * Does what is not done yet.
     *
     * @param output new, empty, or with the unfinished or finished work of the same preparation
     * @throws DataException if the source is damaged, the output is not writable, damaged or another's, or nothing is left
     */
    public PrepareReport run(Path output, int threads, Progress progress) {
        DataException.check(threads >= 1, "threads is %d, but must be at least 1.", threads);
        List<PrepareReport.File> inputs =
                source.files().stream().map(Preparation::input).toList();
        ObjectNode identity = identity(inputs);
        String fingerprint = fingerprint(identity);
        Optional<PrepareReport> finished = OutputDirectory.finished(output, fingerprint, identity);
        if (finished.isPresent()) {
            return finished.get();
        }
        try (OutputDirectory directory = new OutputDirectory(output, identity)) {
            PrepareReport report = prepare(directory, output, fingerprint, inputs, threads, progress);
            directory.writeReport(report);
            OutputDirectory.deleteWork(output);
            return report;
        }
    }

    /**
     * The report of this preparation if {@code output} holds it finished, read again against its checksums.
     *
     * @throws DataException if it is damaged, or of other settings or files
     */
    public Optional<PrepareReport> finished(Path output) {
        ObjectNode identity =
                identity(source.files().stream().map(Preparation::input).toList());
        return OutputDirectory.finished(output, fingerprint(identity), identity);
    }

    /** Documents that an unfinished preparation in {@code output} has cleaned and saved; empty if none is under way. */
    public static OptionalLong begun(Path output) {
        return OutputDirectory.begun(output);
    }

    /** The report of a finished preparation in {@code directory}. */
    public static PrepareReport report(Path directory) {
        DataException.check(
                Files.exists(directory.resolve(PrepareReport.FILE)),
                "%s holds no %s. It is no prepared corpus, or not finished: run its t5j data prepare again.",
                directory,
                PrepareReport.FILE);
        return OutputDirectory.readReport(directory);
    }

    private PrepareReport prepare(
            OutputDirectory directory,
            Path output,
            String fingerprint,
            List<PrepareReport.File> inputs,
            int threads,
            Progress progress) {
        Path work = directory.work();
        List<Block> blocks =
                new CleanStage(source, config.field(), cleaner, work, blockCharacters, threads, progress).run();
        boolean anySentences = !config.clean().has(CleaningRules.FEW_SENTENCES);
        int minSentences = anySentences ? 0 : config.clean().minSentences();
        List<Step> steps = new RepetitionStage(
                        config.dedup(), minSentences, work, blocks, threads, config.memory(), progress)
                .run();
        Removals removals = new Removals(CleaningRules.names());
        blocks.forEach(block -> block.summary().removed().forEach(removals::add));
        long forValidation;
        try (SplitWriter train = new SplitWriter(output, TRAIN, tokenizer, fingerprint);
                SplitWriter validation = new SplitWriter(output, VALIDATION, tokenizer, fingerprint)) {
            Map<String, SplitWriter> splits = new LinkedHashMap<>();
            splits.put(TRAIN, train);
            splits.put(VALIDATION, validation);
            removals.add(new WriteStage(config, output, blocks, steps, tokenizer, splits, progress).run(threads));
            if (train.documents() > 0) {
                train.commit();
                validation.commit();
                return report(fingerprint, inputs, blocks, removals, splits, output);
            }
            forValidation = validation.documents();
        }
        directory.discard();
        throw nothingLeft(forValidation, removals);
    }

    private static DataException nothingLeft(long forValidation, Removals removals) {
        if (forValidation > 0) {
            return new DataException("No document is left to train on, for the validation split got all "
                    + forValidation + ". Lower its share (--validation, validation).");
        }
        Map.Entry<String, Removals.Removed> most = removals.byRule().entrySet().stream()
                .max(Map.Entry.comparingByValue(Comparator.comparingLong(Removals.Removed::characters)))
                .orElseThrow();
        return new DataException("No document is left to train on. Rule " + most.getKey() + " removed most: "
                + most.getValue().documents() + " documents and "
                + most.getValue().lines() + " lines, such as "
                + most.getValue().examples() + ". " + remedy(most.getKey()));
    }

    private static String remedy(String rule) {
        if (DedupConfig.KINDS.names().contains(rule)) {
            return "Name other kinds of repetition (--dedup, dedup.kinds), or none.";
        }
        if (!CleaningRules.names().contains(rule)) {
            return "Is this the right field and format of the files?";
        }
        String shorter = rule.equals(CleaningRules.LONG_DOCUMENT)
                ? " Or read each line as a document: --format lines (source.format)."
                : "";
        return "Leave the rule out if it does not suit the corpus: --without " + rule + " (clean.without)." + shorter;
    }

    private PrepareReport report(
            String fingerprint,
            List<PrepareReport.File> inputs,
            List<Block> blocks,
            Removals removals,
            Map<String, SplitWriter> writers,
            Path output) {
        Map<String, PrepareReport.Split> splits = new LinkedHashMap<>();
        writers.forEach((name, writer) -> {
            TokenShardsInfo info = writer.info();
            splits.put(
                    name,
                    new PrepareReport.Split(
                            writer.documents(),
                            writer.characters(),
                            info == null ? null : (Long) info.tokens(),
                            info == null ? null : info.checksum()));
        });
        String version = Preparation.class.getPackage().getImplementationVersion();
        return new PrepareReport(
                PrepareReport.FORMAT,
                "t5j " + (version == null ? "(built from source)" : version),
                fingerprint,
                config,
                inputs,
                tokenizer == null ? null : VocabularyFingerprint.of(tokenizer),
                blocks.stream().mapToLong(block -> block.summary().read()).sum(),
                blocks.stream()
                        .mapToLong(block -> block.summary().charactersRead())
                        .sum(),
                blocks.stream().mapToLong(block -> block.summary().badRows()).sum(),
                removals.byRule(),
                splits,
                config.keepText() ? texts(output) : null);
    }

    private static List<PrepareReport.File> texts(Path output) {
        List<PrepareReport.File> files = new ArrayList<>();
        try (Stream<Path> found = Files.list(output.resolve(WriteStage.TEXT))) {
            for (Path file : found.sorted().toList()) {
                String name = WriteStage.TEXT + "/" + file.getFileName();
                files.add(new PrepareReport.File(name, Files.size(file), null, crc32c(file)));
            }
        } catch (IOException e) {
            throw new DataException("Cannot read " + output + ": " + FileReason.of(e), e);
        }
        return files;
    }

    static String crc32c(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        try (InputStream in = new CheckedInputStream(Files.newInputStream(file), crc)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return Long.toHexString(crc.getValue());
    }

    private static PrepareReport.File input(Path file) {
        try {
            return new PrepareReport.File(
                    file.toString(),
                    Files.size(file),
                    Files.getLastModifiedTime(file).toInstant().toString(),
                    null);
        } catch (IOException e) {
            throw new DataException("Cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    static String describe(PrepareReport.File file) {
        return file.bytes() + " bytes, " + file.modified();
    }

    /** Everything that the output depends on. */
    private ObjectNode identity(List<PrepareReport.File> inputs) {
        ObjectNode identity = JSON.createObjectNode();
        ObjectNode settings = JSON.valueToTree(config);
        settings.remove("memoryMb");
        identity.set("settings", settings);
        ObjectNode files = identity.putObject("files");
        inputs.forEach(file -> files.put(file.name(), describe(file)));
        if (config.clean().badWords() != null) {
            PrepareReport.File words = input(config.clean().badWords());
            files.put(words.name(), describe(words));
        }
        identity.set("source", reading());
        identity.put("vocabulary", tokenizer == null ? "none" : VocabularyFingerprint.of(tokenizer));
        return identity;
    }

    /** How the source reads: all components of a record, in words those of files, so that a difference can be named. */
    private ObjectNode reading() {
        ObjectNode reading =
                JSON.createObjectNode().put("kind", source.getClass().getSimpleName());
        if (source instanceof Record && !source.files().isEmpty()) {
            reading.setAll((ObjectNode) JSON.valueToTree(source));
        } else if (source instanceof Record) {
            reading.put("examples", Long.toHexString(TextHash.of(source.toString())));
        }
        return reading;
    }

    private static String fingerprint(ObjectNode identity) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(identity.toString().getBytes(StandardCharsets.UTF_8)), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }
}
