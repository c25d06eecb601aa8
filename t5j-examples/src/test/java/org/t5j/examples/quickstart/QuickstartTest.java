package org.t5j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Exception;

/** The quickstart's data, and its stages with a few steps each; what the standard plan learns is not tested here. */
class QuickstartTest {
    @TempDir
    Path directory;

    @Test
    void goesThroughAllStagesAndReportsThem() throws IOException {
        Path output = directory.resolve("quickstart");
        Quickstart quickstart = new Quickstart(output, new QuickstartPlan(400, 3, 3, 4), silent());
        QuickstartReport report = quickstart.run();

        JsonNode json =
                new ObjectMapper().readTree(output.resolve("quickstart.json").toFile());
        assertThat(json.at("/pretraining/loss_first").asDouble()).isBetween(4.0, 9.0);
        assertThat(json.at("/pretraining/loss_last").asDouble()).isBetween(4.0, 9.0);
        assertThat(json.at("/pretraining/held_out_loss").asDouble()).isBetween(4.0, 9.0);
        assertThat(json.at("/tasks/punctuate/metrics/word_error_rate").asDouble())
                .isPositive();
        assertThat(json.at("/tasks/punctuate/baseline_metrics/word_error_rate").asDouble())
                .isBetween(10.0, 60.0);
        assertThat(json.at("/tasks/punctuate/baseline_metrics/accuracy").asDouble())
                .isZero();
        assertThat(json.at("/tasks/book/baseline").asText()).isEqualTo("majority class: austen");
        assertThat(json.get("beats_baselines").asBoolean()).isFalse();
        assertThat(json.get("minutes").asDouble()).isPositive();
        assertThat(Path.of(json.get("checkpoint").asText()).resolve("model.safetensors"))
                .exists();

        StringWriter summary = new StringWriter();
        report.print(new PrintWriter(summary, true));
        assertThat(summary.toString()).contains("word_error_rate", "copy the input", "bin/t5j generate --checkpoint");
        assertThatThrownBy(quickstart::run)
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("already holds a finished quickstart");
    }

    @Test
    void noHeldOutSentenceIsTrainedOn() throws IOException {
        TaskFiles files = TaskFiles.write(directory.resolve("data"));
        Set<String> trained = new HashSet<>(Files.readAllLines(files.corpus()));
        List<String> heldOut = Files.readAllLines(files.heldOutCorpus());
        long shared = heldOut.stream()
                .filter(line -> line.length() > 60 && trained.contains(line))
                .count();
        assertThat(heldOut).hasSizeGreaterThan(2000);
        assertThat(shared).isZero();
        assertThat(Files.readAllLines(files.punctuate())).hasSizeGreaterThan(20_000);
        assertThat(Files.readAllLines(files.bookHeldOut()))
                .hasSizeGreaterThan(2000)
                .allMatch(row -> row.matches("[^\t]+\t(austen|old testament|new testament)"));
    }

    @Test
    void sentencesEndAtMarksButNotAtAbbreviations() {
        assertThat(Sentences.of(
                        "\"Mr. Elton is _not_ here,\" said she. \"Is that so? Yes, it is truly so!\" Two words."))
                .containsExactly("Mr. Elton is not here, said she.", "Yes, it is truly so!");
        assertThat(TaskFiles.stripped("Yes, Mr. Elton; it's well-known!")).isEqualTo("yes mr elton it's well-known");
    }

    @Test
    void aSlowMachineMakesFewerStepsAndKeepsToThem() throws IOException {
        QuickstartPlan standard = QuickstartPlan.standard();
        assertThat(standard.forStepTime(0.1)).isEqualTo(standard);
        assertThat(standard.forStepTime(0.4).finetuneSteps()).isEqualTo(standard.finetuneSteps() / 2);
        assertThat(standard.forStepTime(60).pretrainSteps()).isEqualTo(150);
        QuickstartPlan decided = QuickstartPlan.keptIn(directory, null);
        assertThat(QuickstartPlan.keptIn(directory, null)).isEqualTo(decided);
    }

    @Test
    void aDirectoryOfOtherFilesIsLeftAsItIs() throws IOException {
        Path config = Files.writeString(directory.resolve("pretrain.yaml"), "mine");
        Quickstart quickstart = new Quickstart(directory, new QuickstartPlan(400, 3, 3, 4), silent());
        assertThatThrownBy(quickstart::run)
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("holds files that are not of a quickstart, such as pretrain.yaml");
        assertThat(directory.toFile().list()).containsExactly("pretrain.yaml");
        for (String plan : new String[] {"mine", "{}", "{\"steps\":3}"}) {
            Files.writeString(directory.resolve("plan.json"), plan);
            assertThatThrownBy(quickstart::run)
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("plan.json is not the plan of a quickstart");
        }
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("pretrain.yaml", "plan.json");
        assertThat(config).hasContent("mine");
    }

    private static PrintWriter silent() {
        return new PrintWriter(new StringWriter());
    }
}
