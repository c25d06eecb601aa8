package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.t5j.data.clean.CleaningConfig;
import org.t5j.data.clean.LanguageDetector;
import org.t5j.data.prepare.Preparation;
import org.t5j.data.prepare.PrepareConfig;
import org.t5j.data.prepare.PrepareReport;
import org.t5j.data.source.SourceConfig;
import org.t5j.examples.corpus.OpenNlpLanguages;
import org.t5j.examples.corpus.PrepareFile;
import org.t5j.examples.corpus.PrepareTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "prepare",
        description = "Cleans a corpus by the rules of C4, removes repetition, splits off a part for validation and"
                + " tokenizes the rest into files that training maps into memory. Killed at any time, the same"
                + " command goes on from what is saved: every 32 million characters when it cleans.")
final class DataPrepareCommand extends Subcommand {
    @Option(names = "--output", required = true, paramLabel = "DIR", description = "A new or empty directory.")
    private Path output;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings in YAML or JSON; file names in it start from its directory.")
    private Path config;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting such as dedup.similarity=0.7, which wins over --config; may be repeated.")
    private List<String> settings = List.of();

    @Option(
            names = "--input",
            arity = "1..*",
            paramLabel = "FILE",
            description = "Files, globs and directories to read, plain, .gz or .zst.")
    private List<String> input = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "documents (separated by blank lines), lines, jsonl, json, tsv, csv or parquet; by default what"
                            + " the name of the first file says.")
    private String format;

    @Option(names = "--field", paramLabel = "NAME", description = "The field that holds a document; text if not given.")
    private String field;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "The vocabulary, a .model file. Without one only text is written, with --keep-text.")
    private Path tokenizer;

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = "Share of the documents for validation, chosen by their text; 0.01 if not given.")
    private Double validation;

    @Option(
            names = "--rules",
            split = ",",
            paramLabel = "NAME",
            description = "The cleaning rules to apply; all of C4's if not given: long_document, long_word, citation,"
                    + " end_mark, short_line, lorem_ipsum, javascript, curly_bracket, policy, bad_words,"
                    + " few_sentences, language.")
    private List<String> rules;

    @Option(names = "--without", split = ",", paramLabel = "NAME", description = "Rules to leave out.")
    private List<String> without;

    @Option(names = "--no-clean", description = "Apply no rules.")
    private boolean noClean;

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "CODE",
            description = "Languages that stay, as ISO 639 codes; en if not given.")
    private List<String> languages;

    @Option(
            names = "--bad-words",
            paramLabel = "FILE",
            description = "Words, one a line; documents that hold one are dropped.")
    private Path badWords;

    @Option(
            names = "--dedup",
            split = ",",
            paramLabel = "KIND",
            description = "Repetition to remove: documents, near, lines, spans; or none. spans if not given.")
    private List<String> dedup;

    @Option(names = "--keep-text", description = "Write the prepared text too, as text/*.jsonl.gz.")
    private boolean keepText;

    @Option(names = "--threads", paramLabel = "N", description = "Threads; all cores if not given.")
    private Integer threads;

    @Option(names = "--json", description = "Print the report as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        require(threads == null || threads >= 1, "--threads must be at least 1, found " + threads);
        require(!noClean || rules == null && without == null, "--no-clean leaves no --rules; give one of the two");
        PrepareFile file = PrepareFile.load(config, allSettings());
        SourceConfig source = file.requireSource();
        PrepareConfig prepare = file.config();
        Preparation preparation =
                new Preparation(prepare, source.toSource(Path.of("")), file.vocabulary(), detector(prepare.clean()));
        Optional<PrepareReport> before = preparation.finished(output);
        if (before.isPresent()) {
            print(before.get());
            err().printf("%s was prepared before and is sound: there is nothing to do%n", output);
            return 0;
        }
        long started = System.nanoTime();
        print(prepare(preparation));
        err().printf("Prepared %s in %.1f s%n", output, (System.nanoTime() - started) / 1e9);
        return 0;
    }

    private PrepareReport prepare(Preparation preparation) {
        Preparation.begun(output).ifPresent(documents -> err().println(
                        documents == 0
                                ? "Beginning again in " + output + ", where nothing was saved yet"
                                : "Going on in " + output + ", where " + documents + " documents are cleaned"));
        AtomicBoolean ended = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> tellStopped(ended)));
        try {
            StageProgress progress = new StageProgress(err());
            int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
            PrepareReport report = preparation.run(output, count, progress);
            progress.end();
            return report;
        } finally {
            ended.set(true);
        }
    }

    private void tellStopped(AtomicBoolean ended) {
        if (!ended.get()) {
            err().println("Stopped. The same command goes on from what is saved in " + output);
        }
    }

    private void print(PrepareReport report) throws IOException {
        if (json) {
            out().println(new ObjectMapper().writeValueAsString(report));
        } else {
            PrepareTable.print(out(), report);
        }
        if (report.settings().clean().has("bad_words")
                && report.settings().clean().badWords() == null) {
            err().println("The rule bad_words did nothing, for there is no list of words; --bad-words FILE gives one"
                    + " (C4 used that of github.com/LDNOOBW).");
        }
        double share = report.settings().validation();
        if (share > 0 && report.splits().get(Preparation.VALIDATION).documents() == 0) {
            err().printf(
                            "No document fell to the validation split, though a share of %s was asked. Raise --validation, or cut the"
                                    + " corpus into shorter documents; %s is to be deleted first.%n",
                            share, output);
        }
    }

    private static LanguageDetector detector(CleaningConfig clean) {
        if (!clean.has("language")) {
            return null;
        }
        OpenNlpLanguages languages = OpenNlpLanguages.load();
        clean.languages().forEach(languages::requireKnown);
        return languages;
    }

    /** What the options are short for, then the settings. */
    private List<String> allSettings() {
        List<String> all = new ArrayList<>();
        if (!input.isEmpty()) {
            add(all, "source.files", input);
            add(all, "source.format", format == null ? PrepareFile.formatOf(input.get(0)) : format);
        } else {
            add(all, "source.format", format);
        }
        add(all, "field", field);
        add(all, "tokenizer.file", tokenizer);
        add(all, "validation", validation);
        add(all, "clean.rules", noClean ? List.of() : rules);
        add(all, "clean.without", without);
        add(all, "clean.languages", languages);
        add(all, "clean.badWords", badWords);
        add(all, "dedup.kinds", List.of("none").equals(dedup) ? List.of() : dedup);
        add(all, "keepText", keepText ? true : null);
        all.addAll(settings);
        return all;
    }

    private static void add(List<String> settings, String key, Object value) {
        if (value != null) {
            settings.add(PrepareFile.setting(key, value));
        }
    }
}
