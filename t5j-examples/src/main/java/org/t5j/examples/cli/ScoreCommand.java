package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.t5j.data.Example;
import org.t5j.data.source.ExampleReader;
import org.t5j.data.source.Source;
import org.t5j.data.source.SourceConfig;
import org.t5j.train.run.TextScorer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "score",
        description =
                "Tells how likely a model finds given targets for given inputs. Writes a JSON object a line: input,"
                        + " target, log_likelihood (in nats, end of sequence included), tokens, per_token.")
final class ScoreCommand extends Subcommand {
    private static final int SIDE_BY_SIDE = 16;

    @Mixin
    private CheckpointOptions checkpoint;

    @Option(
            names = "--pairs",
            required = true,
            paramLabel = "FILE",
            description =
                    "Inputs and targets: TSV with a column each, or .csv, .jsonl, .parquet; may end in .gz or .zst.")
    private Path pairs;

    @Mixin
    private PairColumns columns;

    @Option(
            names = "--max-input-length",
            paramLabel = "N",
            description = "Longer inputs are cut to so many tokens, with a warning.",
            defaultValue = "512")
    private int maxInputLength;

    @Mixin
    private OutputOption output;

    @Mixin
    private Threads threads;

    @Override
    public Integer call() throws IOException {
        require(maxInputLength >= 1, "--max-input-length must be at least 1, found " + maxInputLength);
        columns.check();
        output.check(this);
        threads.apply(this);
        Source source = new SourceConfig(PairColumns.format(pairs), List.of(pairs.toString()), columns.names())
                .toSource(Path.of("").toAbsolutePath());
        try (ExampleReader reader = source.open(0);
                TextScorer scorer = TextScorer.load(checkpoint.models(), checkpoint::tokenizer);
                ResultFile file = output.open(this)) {
            scorer.maxInputLength(maxInputLength);
            List<Example> waiting = new ArrayList<>();
            for (Example example = reader.next(); example != null; example = reader.next()) {
                waiting.add(example);
                if (waiting.size() == SIDE_BY_SIDE) {
                    write(scorer, waiting, file.stream());
                    waiting.clear();
                }
            }
            write(scorer, waiting, file.stream());
            file.finish();
        }
        return 0;
    }

    private void write(TextScorer scorer, List<Example> examples, OutputStream out) throws IOException {
        List<String> inputs = examples.stream()
                .map(example -> columns.prefix() + example.get(columns.input()))
                .toList();
        List<String> targets =
                examples.stream().map(example -> example.get(columns.target())).toList();
        List<TextScorer.Score> scores = scorer.score(inputs, targets);
        for (int i = 0; i < scores.size(); i++) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("input", inputs.get(i));
            line.put("target", targets.get(i));
            line.put("log_likelihood", scores.get(i).logLikelihood());
            line.put("tokens", scores.get(i).tokens());
            line.put("per_token", scores.get(i).perToken());
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
    }
}
