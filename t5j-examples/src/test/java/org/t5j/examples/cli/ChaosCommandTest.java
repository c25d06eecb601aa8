package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.examples.chaos.Campaign;

/** A short campaign of {@code t5j chaos}: every event once, three SIGKILLs. A long one is run by hand. */
class ChaosCommandTest {
    @TempDir
    Path directory;

    @Test
    @Timeout(1800)
    void everyPromiseHolds() throws Exception {
        Cli.Result result = Cli.run("chaos", "--kills", 3, "--seed", 2, "--json", "--output", directory);
        assertThat(result.code()).as(result.out() + result.err()).isZero();
        JsonNode campaign = new ObjectMapper().readTree(result.out());
        assertThat(campaign.path("held").asBoolean()).isTrue();
        List<String> events = new ArrayList<>();
        for (JsonNode event : campaign.path("events")) {
            events.add(event.path("event").asText());
            assertThat(event.path("outcome").asText())
                    .as(event.toString())
                    .isIn("held", event.path("event").asText().equals("read-only") ? "skipped" : "held");
            assertThat(event.path("seen").asText()).isNotBlank();
        }
        assertThat(events).isEqualTo(Campaign.events()).contains("kill", "disk-full", "data-changed");
    }

    @Test
    void wrongUseIsRefused() throws Exception {
        assertBadUsage(Cli.run("chaos", "--kills", 0), "--kills must be at least 1, found 0");
        assertBadUsage(Cli.run("chaos", "--scenario", "kil"), "there is no event \"kil\". There are all, kill, term");
        Files.createFile(directory.resolve("mine.txt"));
        Cli.Result foreign = Cli.run("chaos", "--output", directory);
        assertThat(foreign.code()).isEqualTo(1);
        assertThat(foreign.err()).contains("holds files that are not of a campaign, such as mine.txt");
    }

    private static void assertBadUsage(Cli.Result result, String message) {
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(message);
    }
}
