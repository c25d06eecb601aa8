package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code t5j report} on what a killed run left, and on what is no run. */
class ReportCommandTest {
    @TempDir
    Path directory;

    private Path killedRun() throws IOException {
        Path run = Files.createDirectory(directory.resolve("killed"));
        Files.writeString(
                run.resolve("log.jsonl"),
                "{\"type\":\"train\",\"step\":10,\"loss\":2.5,\"seconds\":4}\n{\"type\":\"train\",\"step\":2");
        return run;
    }

    @Test
    void aKilledRunGetsItsPageAndEventFile() throws IOException {
        Path run = killedRun();
        Cli.Result result = Cli.run("report", run, "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(new ObjectMapper().readTree(result.out()).get("report").asText())
                .isEqualTo(run.resolve("report.html").toString());
        assertThat(Files.readString(run.resolve("report.html"))).contains("<h1>killed</h1>", "2.5");
        assertThat(run.resolve("events.out.tfevents.t5j")).isNotEmptyFile();
    }

    @Test
    void thePageStandsWhereItIsWanted() throws IOException {
        Path run = killedRun();
        Path page = directory.resolve("page.html");
        assertThat(Cli.run("report", run, "--output", page).code()).isZero();
        assertThat(page).isNotEmptyFile();
        assertThat(run.resolve("report.html")).doesNotExist();
    }

    @Test
    void whatIsNoRunIsRefused() {
        Cli.Result absent = Cli.run("report", directory.resolve("absent"));
        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.err()).contains("There is no run directory");
        Cli.Result empty = Cli.run("report", directory);
        assertThat(empty.code()).isEqualTo(1);
        assertThat(empty.err())
                .contains("is no run directory: it has no log.jsonl")
                .doesNotContain("\tat ");
        Cli.Result nowhere = Cli.run("report", directory, "--output", directory.resolve("absent/page.html"));
        assertThat(nowhere.code()).isEqualTo(2);
    }
}
