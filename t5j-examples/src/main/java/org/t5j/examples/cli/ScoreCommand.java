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
import picocli.CommandLine.Help.Visibility;
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

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "NAME",
            description = "The columns of the file, separated by commas.",
            defaultValue = "input,target")
    private List<String> columns;

    @Option(names = "--input-column", paramLabel = "NAME", description = "What is read.", defaultValue = "input")
    private String input;

    @Option(names = "--target-column", paramLabel = "NAME", description = "What is scored.", defaultValue = "target")
    private String target;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "Put in front of every input, as in \"translate English to German: \".",
            defaultValue = "",
            showDefaultValue = Visibility.NEVER)
    private String prefix;

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
        requireColumn("--input-column", input);
        requireColumn("--target-column", target);
        output.check(this);
        threads.apply(this);
        Source source = new SourceConfig(format(), List.of(pairs.toString()), columns)
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

    private void requireColumn(String option, String column) {
        require(
                columns.contains(column),
                option + " takes '" + column + "', but --columns are " + columns
                        + "; name one of them, or list the columns as the file has them");
    }

    /** JSON is taken for JSON lines, as C4's files are named. */
    private String format() {
        return SourceConfig.formatOf(pairs.toString()).orElse("tsv").replaceFirst("^json$", "jsonl");
    }

    private void write(TextScorer scorer, List<Example> examples, OutputStream out) throws IOException {
        List<String> inputs =
                examples.stream().map(example -> prefix + example.get(input)).toList();
        List<String> targets =
                examples.stream().map(example -> example.get(target)).toList();
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
