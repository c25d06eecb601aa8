package org.t5j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.dataset.TrainingData;
import org.t5j.train.run.VocabularyFiles;
import org.t5j.train.setup.Learning;
import org.t5j.train.setup.TrainConfig;

/** Every row of {@code docs/how-to/reproduce-the-study.md} is a configuration of its own that finds its data. */
class StudyPageTest {
    private static final Path PAGE = Path.of("..", "docs", "how-to", "reproduce-the-study.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]*) \\| (`[^|]*=[^|]*`) \\|$");
    private static final Pattern SETTING = Pattern.compile("`([^`]*)`");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    private String page;
    private List<String> mixture;

    @BeforeEach
    void writeFiles() throws IOException {
        page = Files.readString(PAGE);
        List<String> blocks =
                YAML.matcher(page).results().map(block -> block.group(1)).toList();
        Files.writeString(directory.resolve("study.yaml"), blocks.get(0));
        mixture = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each :
                new YAMLMapper().readTree(blocks.get(1)).get("data").properties()) {
            mixture.add("data." + each.getKey() + "=" + each.getValue());
        }
        Path c4 = Files.createDirectories(directory.resolve("c4")).resolve("c4-train.00000.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(c4))) {
            for (int i = 0; i < 40; i++) {
                String text = "{\"text\": \"" + ("word " + i + " ").repeat(100) + "\", \"url\": \"u\"}\n";
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        write("CoLA/train.tsv", "gj04\t1\t\tA sentence.\ngj04\t0\t*\tSentence a.\n");
        write("CoLA/dev.tsv", "gj04\t1\t\tAnother sentence.\n");
        write("SST-2/train.tsv", "sentence\tlabel\nfine film\t1\ndull\t0\nbad\t0\n");
        write("SST-2/dev.tsv", "sentence\tlabel\ngreat\t1\n");
        write("wmt/train.jsonl", "{\"en\": \"A dog.\", \"de\": \"Ein Hund.\"}\n");
        write("wmt/dev.jsonl", "{\"en\": \"A cat.\", \"de\": \"Eine Katze.\"}\n");
        Files.writeString(directory.resolve("cola.yaml"), blocks.get(2));
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    /** As from a working directory where the page's files are. */
    private TrainConfig load(List<String> settings) {
        List<String> all = new ArrayList<>(List.of(
                "tokenizer={convention: BYT5}", "data.batchSize=2", TrainConfig.setting("data.directory", directory)));
        all.addAll(settings);
        return TrainConfig.load(directory.resolve("study.yaml"), all);
    }

    private TrainingData data(TrainConfig config) {
        return Learning.of(config, VocabularyFiles.of(config.tokenizer()).tokenizer(), directory)
                .data();
    }

    /** Name → settings of the rows below a heading. */
    private Map<String, List<String>> rows(String heading) {
        String section = page.substring(page.indexOf("## " + heading));
        int end = section.indexOf("\n## ");
        return ROW.matcher(section.substring(0, end))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> settings(row.group(2))));
    }

    private static List<String> settings(String cell) {
        return SETTING.matcher(cell)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }

    @Test
    void everyObjectiveRateAndSpanIsOneSetting() {
        int rows = 0;
        for (String heading : List.of("Objectives", "Corruption rate", "Span length")) {
            for (Map.Entry<String, List<String>> row : rows(heading).entrySet()) {
                TrainConfig config = load(row.getValue());
                assertThat(config.objective().equals(load(List.of()).objective()))
                        .as("%s is the baseline", row.getKey())
                        .isEqualTo(row.getKey().contains("baseline")
                                && !row.getKey().contains("15 %"));
                assertThat(data(config).parts()).as(row.getKey()).isNotEmpty();
                rows++;
            }
        }
        assertThat(rows).isEqualTo(17);
    }

    @Test
    void theObjectivesThatAreNotInTheStudyAreThereToo() {
        String sentence = page.substring(page.indexOf("Not in the study"), page.indexOf("## Corruption rate"));
        List<String> settings = settings(sentence);
        assertThat(settings).hasSize(2);
        settings.forEach(
                setting -> assertThat(data(load(List.of(setting))).parts()).isNotEmpty());
    }

    @Test
    void everyDataSetIsItsFiles() {
        Map<String, List<String>> rows = rows("Data set");
        assertThat(rows).hasSize(6);
        rows.forEach((row, settings) -> {
            String named = settings.get(0).replaceAll("data.files=\\[|]", "");
            List<String> files = load(settings).data().files();
            assertThat(String.join(", ", files)).as(row).isEqualTo(absolute(named));
            assertThat(load(settings).data().format()).isEqualTo(named.endsWith("parquet") ? "parquet" : "jsonl");
        });
    }

    private String absolute(String names) {
        return directory + "/" + names.replace(", ", ", " + directory + "/");
    }

    @Test
    void everySizeCutsTheCorpus() {
        Map<String, List<String>> rows = rows("Size of the data set");
        assertThat(rows).hasSize(4);
        rows.forEach((row, settings) -> {
            long tokens = Long.parseLong(settings.get(0).replaceAll(".*=", ""));
            assertThat(load(settings).data().maxTokens()).as(row).isEqualTo(tokens);
        });
        long few = data(load(List.of("data.maxTokens=5000"))).examples();
        assertThat(few).isLessThan(data(load(List.of())).examples());
        assertThat(load(List.of("data.frozenNoise=true")).data().frozenNoise()).isTrue();
    }

    @Test
    void everyMixtureIsOneSetting() {
        Map<String, List<String>> rows = rows("Mixing of tasks");
        assertThat(rows).hasSize(14);
        rows.forEach((row, settings) -> {
            List<String> all = new ArrayList<>(mixture);
            all.addAll(settings);
            TrainingData data = data(load(all));
            int parts = row.contains("leave-one-out") ? 3 : row.contains("whole benchmark") ? 2 : 4;
            assertThat(data.parts()).as(row).hasSize(parts);
        });
        List<String> equal = new ArrayList<>(mixture);
        equal.add(rows.get("equal").get(0));
        assertThat(data(load(equal)).parts())
                .extracting(part -> part.dataset().name() + " " + part.rate())
                .containsExactly("corpus 1.0", "glue_cola_v002 1.0", "glue_sst2_v002 1.0", "en_de 1.0");
    }

    @Test
    void theTasksTrainWithoutTheCorpusAndOneByOne() {
        List<String> supervised = new ArrayList<>(mixture);
        supervised.addAll(List.of("mode=FINETUNE", "data.mixture.leaveOut=corpus", "schedule=rsqrt"));
        assertThat(page).contains("--set data.mixture.leaveOut=corpus --set schedule=rsqrt");
        assertThat(data(load(supervised)).parts()).hasSize(3);
        TrainConfig cola = TrainConfig.load(directory.resolve("cola.yaml"), List.of("tokenizer={convention: BYT5}"));
        assertThat(data(cola).parts()).extracting(part -> part.dataset().name()).containsExactly("glue_cola_v002");
    }
}
