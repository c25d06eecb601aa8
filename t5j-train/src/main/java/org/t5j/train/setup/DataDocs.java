package org.t5j.train.setup;

import java.util.HashMap;
import java.util.Map;
import org.t5j.data.metric.Metrics;
import org.t5j.data.objective.Objectives;
import org.t5j.data.preprocess.TextSteps;
import org.t5j.data.source.SourceConfig;
import org.t5j.data.task.study.StudyTasks;

/** What the settings of {@code t5j-data} mean, which knows no {@code @Doc}. */
final class DataDocs {
    static final Map<String, String> OBJECTIVE = Map.ofEntries(
            Map.entry("name", "one of " + String.join(", ", Objectives.names())),
            Map.entry(
                    "inputLength",
                    "length of the inputs in tokens, end of sequence and mode tokens included; for lm and full_lm, which"
                            + " have no inputs, of the targets"),
            Map.entry("targetLength", "length of the targets likewise; by default what the objective needs"),
            Map.entry(
                    "noiseDensity",
                    "share of the tokens that is noise; default 0.15, of prefix_lm 0.5, of deshuffling 1"),
            Map.entry("meanNoiseSpanLength", "span_corruption: mean length of a run of noise in tokens; default 3"),
            Map.entry(
                    "mergeExamples",
                    "whether documents are joined before they are cut into segments; default true, of prefix_lm and"
                            + " deshuffling false"),
            Map.entry("minNoiseSpanLength", "regular_spans: shortest run of noise; default 1"),
            Map.entry("maxNoiseSpanLength", "regular_spans: longest run of noise; default 5"),
            Map.entry("randomRoll", "span_corruption: whether masks are rotated by a random number of tokens"),
            Map.entry("randomTokenRate", "bert_style: share of the noise that becomes random tokens; default 0.1"),
            Map.entry(
                    "sentinelOverflow",
                    "what becomes of more noise runs than the vocabulary has sentinels: an error, the default, or ids"
                            + " that run on downward into ordinary tokens, as in the study's own runs"),
            Map.entry(
                    "alignSentinels",
                    "whether each run in the targets follows the sentinel of its place in the inputs also where a text"
                            + " starts with noise; default false, as in the study"),
            Map.entry("modeTokens", "ul2: whether [NLU], [NLG] or [S2S] stands in front of the inputs; default true"),
            Map.entry(
                    "rates",
                    "ul2: how often a denoiser is drawn, where not as published; 0 leaves it out. Published: r_3_15 and"
                            + " r_8_15 0.2 each, x_3_50, x_8_50, x_64_15 and x_64_50 0.1 each, s 0.2"));

    /** What tasks and those of the study have in common. */
    private static final Map<String, String> ANY_TASK = Map.of(
            "validation", "files and globs to evaluate on during training",
            "test", "files and globs for the last evaluation",
            "onBadRow", "whether a bad row ends the run with an error, or is skipped and counted",
            "maxRowBytes", "bytes of a row at most; longer ones are bad; default 64 MiB",
            "inputLength", "length of the inputs in ids at most; default 512",
            "generation", "how outputs are written, in evaluation and by `t5j generate --task`");

    static final Map<String, String> GENERATION = Map.ofEntries(
            Map.entry("beams", "beams; 1 for greedy search; default `eval.beams`"),
            Map.entry("beamRule", "whose beam search: `HUGGING_FACE`, the default, or `T5X`"),
            Map.entry("lengthNormalization", "`POWER`: n^p, the default; `GNMT`: ((5+n)/6)^p, that of `beamRule: T5X`"),
            Map.entry(
                    "lengthPenalty", "p, the exponent; larger for longer outputs; default 1, with `beamRule: T5X` 0.6"),
            Map.entry("earlyStopping", "when a beam search stops: `FALSE`, the default, `TRUE` or `NEVER`"),
            Map.entry("maxLength", "most tokens of an output, start token included; default targetLength and 1"),
            Map.entry("minLength", "least tokens of an output, start token included"),
            Map.entry("noRepeatNgramSize", "no sequence of so many tokens occurs twice; default 0, no limit"),
            Map.entry("repetitionPenalty", "above 1 makes tokens that were written already less likely; default 1"),
            Map.entry("sample", "whether tokens are drawn instead of the likeliest taken; default false"),
            Map.entry("temperature", "with sample: divides the logits; default 1"),
            Map.entry("topK", "with sample: only so many of the likeliest tokens are drawn; default 0, all"),
            Map.entry(
                    "topP",
                    "with sample: only the likeliest tokens that together reach this probability; default 1, all"),
            Map.entry(
                    "minP",
                    "with sample: only tokens at least so many times as likely as the likeliest; default 0, all"),
            Map.entry("seed", "with sample: of the draws; default 0"));

    static final Map<String, String> TASK = anyTaskAnd(Map.ofEntries(
            Map.entry("name", "name of the task"),
            Map.entry("format", "one of " + String.join(", ", SourceConfig.formats())),
            Map.entry("train", "files, globs and directories to train on, plain, .gz or .zst"),
            Map.entry(
                    "columns",
                    "names of the columns of TSV and CSV, in order; for other formats the fields to read, such as"
                            + " `answers.text`, by default those the task names"),
            Map.entry("header", "whether the first line of a TSV or CSV file names the columns; default false"),
            Map.entry("records", "for json: path to the records, such as `data.paragraphs`; default the document"),
            Map.entry("input", "column that becomes the inputs; default `input`, or `text` for lines"),
            Map.entry("target", "column that becomes the targets; default `target`, or `text` for lines"),
            Map.entry(
                    "inputs",
                    "instead of `input`, a text with columns in braces: `\"question: {question} context: {context}\"`;"
                            + " `{{` is a brace"),
            Map.entry("targets", "instead of `target`, such a text"),
            Map.entry("prefix", "put in front of the inputs as it is, trailing space included"),
            Map.entry("labels", "value of the targets' column → its name, such as `{0: negative, 1: positive}`"),
            Map.entry("preprocess", "steps that every column goes through first: any of " + steps()),
            Map.entry("postprocess", "steps that predictions and targets go through before scoring, likewise"),
            Map.entry(
                    "choices",
                    "possible answers, texts like `targets`: evaluation takes the likeliest instead of letting the"
                            + " model write"),
            Map.entry("targetLength", "length of the targets in ids at most; default 512"),
            Map.entry("metrics", "any of " + String.join(", ", Metrics.names()) + "; default `[accuracy]`")));

    static final Map<String, String> STUDY = anyTaskAnd(Map.of(
            "name",
            "one of " + String.join(", ", StudyTasks.names()) + ", or such as `translate_de_en`",
            "format",
            "one that the data set is distributed in: tsv, jsonl, json, csv, parquet, lines or documents",
            "train",
            "files, globs and directories to train on; the two sides of `lines` end with their language",
            "ranked",
            "whether evaluation takes the likeliest of a closed set of answers instead of letting the model write",
            "targetLength",
            "length of the targets in ids at most; by default the study's"));

    static final Map<String, String> MIXTURE = Map.of(
            "name", "name of the mixture",
            "rates",
                    "task, smaller mixture, `corpus` or mixture of the study, such as `glue_v002_proportional` → how often it is"
                            + " drawn, relative to the others",
            "proportional", "tasks and the like that are drawn in proportion to their number of examples",
            "maximum", "number of examples of a proportional task that count at most; default all",
            "limits", "proportional task → such a number of its own, as in `{wmt: 1000000}`",
            "scale", "factor on that number, before the limit; default 1",
            "temperature", "1 is proportional, larger is more equal, Infinity equal; default 1",
            "leaveOut", "tasks or smaller mixtures that are left out, at whatever depth");

    private static Map<String, String> anyTaskAnd(Map<String, String> own) {
        Map<String, String> all = new HashMap<>(ANY_TASK);
        all.putAll(own);
        return all;
    }

    private static String steps() {
        return String.join(", ", TextSteps.names());
    }

    private DataDocs() {}
}
