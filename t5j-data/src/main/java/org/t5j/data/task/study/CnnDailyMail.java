package org.t5j.data.task.study;

import java.util.List;
import org.t5j.data.preprocess.Preprocessors;

/** CNN/Daily Mail: the highlights of a news article as its summary. */
final class CnnDailyMail {
    private CnnDailyMail() {}

    /** All tasks. */
    static List<StudyTask> tasks() {
        StudyTask task = new StudyTask("cnn_dailymail_v002", builder -> builder.preprocess(
                        Preprocessors.inputsAndTargets("article", "highlights"))
                .prefix("summarize: ")
                .metric("rouge"));
        for (String format : List.of("parquet", "jsonl", "csv")) {
            task = task.layout(format, Layout.of(format));
        }
        return List.of(task);
    }
}
