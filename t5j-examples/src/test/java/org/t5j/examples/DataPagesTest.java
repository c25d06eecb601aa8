package org.t5j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.clean.CleaningRules;
import org.t5j.data.metric.Metrics;
import org.t5j.data.objective.Objectives;
import org.t5j.data.task.study.StudyMixtures;
import org.t5j.data.task.study.StudyTasks;
import org.t5j.examples.corpus.PrepareFile;

/** The pages about data name everything that there is by name. */
class DataPagesTest {
    private static final Path DOCS = Path.of("..", "docs");

    @TempDir
    Path directory;

    private static void assertNames(String page, Collection<String> names) throws IOException {
        assertThat(names).isNotEmpty();
        String text = Files.readString(DOCS.resolve(page));
        assertThat(names)
                .as("names of which %s says nothing", page)
                .filteredOn(name -> !text.contains("`" + name + "`") && !text.contains("=" + name + "`"))
                .isEmpty();
    }

    @Test
    void nothingIsForgotten() throws IOException {
        assertNames("metrics.md", Metrics.names());
        assertNames("how-to/tasks-of-the-study.md", StudyTasks.names());
        assertNames("how-to/tasks-of-the-study.md", StudyMixtures.names());
        assertNames("how-to/prepare-a-corpus.md", CleaningRules.names());
        assertNames("how-to/prepare-a-corpus.md", List.of("documents", "near", "lines", "spans"));
        List<String> builtIn = Objectives.names().stream()
                .filter(name -> !name.equals("one_gap") && !name.equals("ul2"))
                .toList();
        assertNames("how-to/reproduce-the-study.md", builtIn);
    }

    @Test
    void theSettingsOfPreparingLoad() throws IOException {
        String page = Files.readString(DOCS.resolve("how-to/prepare-a-corpus.md"));
        int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
        Path file = directory.resolve("prepare.yaml");
        Files.writeString(file, page.substring(begin, page.indexOf("```", begin)));
        PrepareFile settings = PrepareFile.load(file, List.of());
        assertThat(settings.config().clean().has("bad_words")).isFalse();
        assertThat(settings.config().clean().has("language")).isTrue();
        assertThat(settings.requireSource().files()).containsExactly(directory + "/crawl/*.jsonl.gz");
    }
}
