package org.t5j.data.task.study;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.t5j.data.DataException;
import org.t5j.data.preprocess.Preprocessor;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.source.ParallelSource;

/** Translation between any two languages, after {@code "translate English to German: "}. */
final class Wmt {
    private static final Pattern PAIR = Pattern.compile("translate_([a-zA-Z-]{2,})_([a-zA-Z-]{2,})");

    private Wmt() {}

    /** The tasks that upstream registers. */
    static List<StudyTask> tasks() {
        return List.of(
                task("wmt14_ende_v003", "en", "de"),
                task("wmt14_enfr_v003", "en", "fr"),
                task("wmt15_enfr_v003", "en", "fr"),
                task("wmt16_enro_v003", "en", "ro"),
                task("wmt19_ende_v003", "en", "de"),
                task("wmt_t2t_ende_v003", "en", "de"));
    }

    /** The task of a name such as {@code translate_de_en}; empty for other names. */
    static Optional<StudyTask> pair(String name) {
        Matcher languages = PAIR.matcher(name);
        return languages.matches() ? Optional.of(task(name, languages.group(1), languages.group(2))) : Optional.empty();
    }

    private static StudyTask task(String name, String source, String target) {
        String prefix = "translate " + language(source) + " to " + language(target) + ": ";
        return new StudyTask(name, task -> task.preprocess(Preprocessors.inputsAndTargets(source, target))
                        .prefix(prefix)
                        .metric("bleu_intl"))
                .layout("lines", parallel(source, target))
                .layout("tsv", Layout.of("tsv", source, target))
                .layout("parquet", huggingFace("parquet", source, target))
                .layout("jsonl", huggingFace("jsonl", source, target));
    }

    /**
     * A language's name in English. Of a code such as {@code zh-cn} only the first two letters count.
     *
     * @throws DataException if there is no such language
     */
    private static String language(String code) {
        String letters = code.length() > 2 ? code.substring(0, 2) : code;
        String name = Locale.forLanguageTag(letters).getDisplayLanguage(Locale.ENGLISH);
        DataException.check(
                !name.isEmpty() && !name.equals(letters),
                "There is no language '%s'. Give the two letters of ISO 639, such as en, de or ro.",
                code);
        return name;
    }

    private static Layout huggingFace(String format, String source, String target) {
        String from = "translation." + source;
        String to = "translation." + target;
        Preprocessor rename = Preprocessors.map(
                example -> example.with(source, example.get(from)).with(target, example.get(to)));
        return Layout.of(format, List.of(from, to), rename);
    }

    private static Layout parallel(String source, String target) {
        return new Layout(files -> ParallelSource.byLanguage(files.paths(), source, target, files.rules()), List::of);
    }
}
