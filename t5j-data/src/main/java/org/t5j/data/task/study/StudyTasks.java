package org.t5j.data.task.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.t5j.data.DataException;
import org.t5j.data.Registry;
import org.t5j.data.task.Task;

/**
 * The supervised tasks of the T5 study (Raffel et al. 2020) under the names that upstream registers them by, each read from
 * local files in the formats that its data set is distributed in:
 *
 * <pre>{@code
 * Task cola = StudyTasks.task("glue_cola_v002", "tsv",
 *         Map.of("train", List.of("train.tsv"), "validation", List.of("dev.tsv")), Path.of("glue_data/CoLA"));
 * }</pre>
 */
public final class StudyTasks {
    private static final Registry<StudyTask> REGISTRY = new Registry<>("task of the study");

    static {
        Stream.of(Glue.tasks(), SuperGlue.tasks(), Squad.tasks(), CnnDailyMail.tasks(), Wmt.tasks(), ClosedBook.tasks())
                .flatMap(List::stream)
                .forEach(task -> REGISTRY.add(task.name(), task));
    }

    private StudyTasks() {}

    /** All names. Any {@code translate_<source>_<target>}, such as {@code translate_de_en}, is a task too. */
    public static Set<String> names() {
        return REGISTRY.names();
    }

    /**
     * The task of that name.
     *
     * @throws DataException if there is none; the message names the nearest
     */
    public static StudyTask named(String name) {
        Optional<StudyTask> translation = Wmt.pair(name);
        return translation.isPresent() ? translation.get() : REGISTRY.get(name);
    }

    /** A task over files, see {@link StudyTask#task(String, Map, Path)}. */
    public static Task task(String name, String format, Map<String, List<String>> files, Path base) {
        return named(name).task(format, files, base);
    }
}
