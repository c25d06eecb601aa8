package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Exception;
import org.t5j.train.Fixtures;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingListener;
import org.t5j.train.listener.EventFileReader;

/** The page and the event file that a run writes, and those made later of its log. */
class RunReportTest {
    @TempDir
    Path directory;

    @Test
    void aRunWritesItsPageAndItCanBeMadeAgain() throws IOException {
        Path train = Fixtures.pairs(directory.resolve("train.tsv"), 40);
        Path run = directory.resolve("run");
        Training.of(Fixtures.fineTuning(train, train)).run(run, false);
        String page = Files.readString(run.resolve("report.html"));
        assertThat(page)
                .contains("letter/accuracy", "first letter: ", "complete passes", "Java heap")
                .doesNotContain("Not recorded");
        assertThat(run.resolve("events.out.tfevents.t5j")).isNotEmptyFile();
        Files.delete(run.resolve("report.html"));
        Files.delete(run.resolve("events.out.tfevents.t5j"));
        assertThat(RunReport.write(run, null)).isEqualTo(run.resolve("report.html"));
        assertThat(run.resolve("report.html")).hasContent(page);
        assertThat(run.resolve("events.out.tfevents.t5j")).isNotEmptyFile();

        Files.delete(run.resolve("environment.json"));
        Path other = directory.resolve("other.html");
        assertThat(RunReport.write(run, other)).isEqualTo(other);
        assertThat(Files.readString(other)).contains("Environment</h2>\n<p>Not recorded.");
        assertThat(run.toFile().list()).noneMatch(name -> name.endsWith(".incomplete"));
    }

    @Test
    void aRunThatDiedAndWasResumedHasEachStepOnceInItsEventFile() throws IOException {
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
        Path run = directory.resolve("run");
        TrainingListener crash = new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == 7) {
                    throw new IllegalStateException("crash");
                }
            }
        };
        assertThatThrownBy(() -> Training.of(Fixtures.pretraining(corpus))
                        .listener(crash)
                        .run(run, false))
                .hasMessage("crash");
        assertThat(lossSteps(run)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
        Training.of(Fixtures.pretraining(corpus)).run(run, true);
        assertThat(lossSteps(run)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    }

    private static List<Long> lossSteps(Path run) throws IOException {
        return EventFileReader.read(run.resolve("events.out.tfevents.t5j")).stream()
                .filter(event -> event.scalars().containsKey("train/loss"))
                .map(EventFileReader.Event::step)
                .toList();
    }

    @Test
    void neitherIsWrittenWhereTheyAreTurnedOff() {
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
        Path run = directory.resolve("run");
        Training.of(Fixtures.pretraining(
                        corpus, "optim.totalSteps=1", "logging.report=false", "logging.tensorboard=false"))
                .run(run, false);
        assertThat(run.toFile().list()).containsExactlyInAnyOrder(".lock", "config.yaml", "log.jsonl", "checkpoints");
    }

    @Test
    void whatIsNoRunIsRefused() {
        assertThatThrownBy(() -> RunReport.write(directory, null))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("is no run directory: it has no log.jsonl");
        assertThat(directory).isEmptyDirectory();
    }
}
