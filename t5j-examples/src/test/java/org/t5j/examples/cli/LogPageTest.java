package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table in {@code docs/how-to/look-at-a-run.md} of what a log has. */
class LogPageTest {
    private static final Path PAGE = Path.of("../docs/how-to/look-at-a-run.md");

    @TempDir
    Path directory;

    @Test
    void everyKeyOfEveryLineIsInTheTable() throws IOException {
        Path log = run().resolve("log.jsonl");
        String page = Files.readString(PAGE);
        Set<String> types = new TreeSet<>();
        for (String line : Files.readAllLines(log)) {
            JsonNode entry = new ObjectMapper().readTree(line);
            String type = entry.get("type").asText();
            types.add(type);
            String row = page.lines()
                    .filter(each -> each.startsWith("| `" + type + "` |"))
                    .findFirst()
                    .orElse("no row of " + type);
            entry.fieldNames().forEachRemaining(key -> {
                if (!key.equals("step")) {
                    assertThat(row).contains("`" + key.replace("type", type) + "`");
                }
            });
        }
        assertThat(types).containsExactly("eval", "train", "trains");
    }

    private Path run() {
        Path run = directory.resolve("run");
        Path pairs = SmallModel.pairs(directory.resolve("pairs.tsv"));
        Cli.Result result = Cli.run(
                "finetune",
                "--output",
                run,
                "--tokenizer",
                SmallModel.vocabulary(directory),
                "--train",
                pairs,
                "--valid",
                pairs,
                "--set",
                SmallModel.SHAPE,
                "--set",
                "transfer=adapter",
                "--set",
                "optim.totalSteps=2",
                "--set",
                "logging={progress: false, everySteps: 1}");
        assertThat(result.code()).as(result.err()).isZero();
        return run;
    }
}
