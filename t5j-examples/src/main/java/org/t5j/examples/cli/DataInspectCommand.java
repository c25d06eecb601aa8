package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.t5j.data.batch.Batch;
import org.t5j.data.cache.TokenShards;
import org.t5j.data.cache.TokenShardsInfo;
import org.t5j.data.prepare.Preparation;
import org.t5j.examples.corpus.DrawnExamples;
import org.t5j.examples.corpus.LengthPlot;
import org.t5j.examples.corpus.Lengths;
import org.t5j.examples.corpus.PrepareFile;
import org.t5j.examples.corpus.ShownExample;
import org.t5j.examples.corpus.VisibleText;
import org.t5j.train.setup.TrainConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "inspect",
        description = "Shows examples as the model gets them, and how long they are: of a training configuration"
                + " (--config), of files under an objective (--input) or of a prepared directory.")
final class DataInspectCommand extends Subcommand {
    @Parameters(arity = "0..1", paramLabel = "DIR", description = "A directory that \"t5j data prepare\" made.")
    private Path prepared;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings of a training, such as config.yaml of a run directory.")
    private Path config;

    @Option(names = "--input", arity = "1..*", paramLabel = "FILE", description = "Files of a corpus.")
    private List<String> input = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Format of --input; by default what the name of the first file says.")
    private String format;

    @Option(names = "--tokenizer", paramLabel = "FILE", description = "The vocabulary, a .model file.")
    private Path tokenizer;

    @Option(names = "--objective", paramLabel = "NAME", description = "The objective; span_corruption if not given.")
    private String objective;

    @Option(names = "--pack", description = "Put several examples into a row.")
    private boolean pack;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of a training such as objective.noiseDensity=0.3; may be repeated.")
    private List<String> settings = List.of();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Examples to show, of each task of a mixture; 3 if not given.")
    private Integer count;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Examples whose lengths are counted, in the order of training; 1000 if not given.")
    private Integer sample;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Write the histograms of lengths to FILE, .svg or .html.")
    private Path plot;

    @Option(names = "--verify", description = "Read all files of a prepared directory against their checksums.")
    private boolean verify;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        checkUsage();
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        if (prepared != null) {
            describe(facts);
        }
        if (prepared == null || hasVocabulary()) {
            examples(facts);
        }
        if (json) {
            out().println(facts);
        }
        return 0;
    }

    private boolean hasVocabulary() {
        return tokenizer != null || settings.stream().anyMatch(setting -> setting.startsWith("tokenizer."));
    }

    private void checkUsage() {
        int sources = (prepared != null ? 1 : 0) + (config != null ? 1 : 0) + (input.isEmpty() ? 0 : 1);
        require(sources == 1, "Name one thing to inspect: a prepared DIR, --config FILE or --input FILE");
        require(config != null || input.isEmpty() || tokenizer != null || !settings.isEmpty(), "Name a --tokenizer");
        require(
                (count == null || count >= 0) && (sample == null || sample >= 1),
                "--count must be at least 0 and --sample at least 1");
        require(!verify || prepared != null, "--verify reads a prepared DIR; name one");
        require(
                plot == null || plot.toString().matches("(?i).*\\.(svg|html)"),
                "--plot must name a file that ends in .svg or .html, found " + plot);
        boolean asksForExamples =
                count != null || sample != null || objective != null || pack || plot != null || !settings.isEmpty();
        require(
                prepared == null || hasVocabulary() || !asksForExamples,
                "Examples of a prepared DIR need a vocabulary: --tokenizer FILE, or --set tokenizer.convention=BYT5");
        require(format == null || !input.isEmpty(), "--format is that of --input; name one");
        if (plot != null) {
            OutputOption.checkPlace(this, "--plot", plot);
        }
    }

    /** The indexes of a prepared directory. */
    private void describe(ObjectNode facts) {
        ArrayNode splits = facts.putArray("splits");
        for (String split : List.of(Preparation.TRAIN, Preparation.VALIDATION)) {
            if (!split.equals(Preparation.TRAIN) && !TokenShards.exist(prepared, split)) {
                continue;
            }
            TokenShardsInfo info = TokenShards.info(prepared, split);
            if (verify) {
                TokenShards.verify(prepared, split);
            }
            ObjectNode one = splits.addObject();
            one.put("split", split);
            one.put("documents", info.documents());
            one.put("tokens", info.tokens());
            one.put("longest", info.longest());
            one.put("shards", info.shards().size());
            one.put("vocabulary", info.vocabulary());
            one.put("checksum", info.checksum());
            if (verify) {
                one.put("verified", true);
            }
            if (!json) {
                Facts.print(out(), one, false);
                out().println();
            }
        }
    }

    private void examples(ObjectNode facts) throws IOException {
        TrainConfig training = config == null
                ? TrainConfig.ofSettings(trainingSettings())
                : TrainConfig.load(config, trainingSettings());
        try (DrawnExamples drawn = DrawnExamples.open(training, config)) {
            showExamples(drawn, facts.putArray("examples"));
            int wanted = sample == null ? 1000 : sample;
            List<Integer> inputs = new ArrayList<>();
            List<Integer> targets = new ArrayList<>();
            long filled = 0;
            long places = 0;
            while (inputs.size() < wanted) {
                Batch batch = drawn.next();
                for (ShownExample example : ShownExample.of(batch)) {
                    if (inputs.size() < wanted) {
                        inputs.add(example.inputs().length);
                        targets.add(example.targets().length);
                    }
                    filled += example.inputs().length + example.targets().length;
                }
                places += (long) batch.size() * (batch.inputLength() + batch.targetLength());
            }
            double utilization = (double) filled / places;
            lengths(List.of(lengths("input tokens", inputs), lengths("target tokens", targets)), utilization, facts);
            tellRepeated(wanted, drawn.examples());
        }
    }

    /** The first examples of each data set that training draws from, with its name where there are several. */
    private void showExamples(DrawnExamples drawn, ArrayNode shown) {
        VisibleText text = new VisibleText(drawn.tokenizer());
        int each = count == null ? 3 : count;
        drawn.first(each)
                .forEach((name, examples) -> examples.forEach(example -> {
                    ObjectNode fact = shown.addObject();
                    if (drawn.isMixture()) {
                        fact.put("task", name);
                    }
                    show(example, text, fact);
                }));
    }

    private void tellRepeated(int wanted, OptionalLong examples) {
        if (examples.isPresent() && examples.getAsLong() < wanted) {
            err().printf(
                            Locale.ROOT,
                            "The %,d examples counted are of %,d, so some count several times; --sample %d counts an epoch%n",
                            wanted,
                            examples.getAsLong(),
                            examples.getAsLong());
        }
    }

    private static Lengths lengths(String what, List<Integer> values) {
        return new Lengths(what, values.stream().mapToInt(Integer::intValue).toArray());
    }

    private void show(ShownExample example, VisibleText text, ObjectNode fact) {
        fact.put("row", example.row());
        if (example.segment() > 0) {
            fact.put("segment", example.segment());
        }
        fact.put("inputTokens", example.inputs().length);
        fact.put("targetTokens", example.targets().length);
        fact.put("inputs", text.of(example.inputs()));
        fact.put("targets", text.of(example.targets()));
        if (!json) {
            String segment = example.segment() > 0 ? ", segment " + example.segment() : "";
            out().printf(
                            "%srow %d%s: %d input tokens, %d target tokens%n  inputs:  %s%n  targets: %s%n%n",
                            fact.has("task") ? fact.get("task").asText() + ", " : "",
                            example.row(),
                            segment,
                            example.inputs().length,
                            example.targets().length,
                            fact.get("inputs").asText(),
                            fact.get("targets").asText());
        }
    }

    private void lengths(List<Lengths> all, double utilization, ObjectNode facts) throws IOException {
        all.forEach(lengths -> facts.set(lengths.what().replace(" ", "_"), lengths.toJson()));
        facts.put("utilization", utilization);
        if (!json) {
            all.forEach(lengths -> {
                lengths.print(out());
                out().println();
            });
            out().printf(Locale.ROOT, "%.1f %% of the places in batches are filled%n", 100 * utilization);
        }
        if (plot != null) {
            boolean page = plot.toString().toLowerCase(Locale.ROOT).endsWith(".html");
            Files.writeString(plot, page ? LengthPlot.html(all) : LengthPlot.svg(all));
        }
    }

    /** What the options are short for, then the settings. */
    private List<String> trainingSettings() {
        List<String> all = new ArrayList<>();
        if (prepared != null) {
            all.add(TrainConfig.setting("data.format", "tokens"));
            all.add(TrainConfig.setting("data.files", List.of(prepared)));
        }
        if (!input.isEmpty()) {
            all.add(TrainConfig.setting("data.format", format == null ? PrepareFile.formatOf(input.get(0)) : format));
            all.add(TrainConfig.setting("data.files", input));
        }
        if (tokenizer != null) {
            all.add(TrainConfig.setting("tokenizer.file", tokenizer));
        }
        if (objective != null) {
            all.add(TrainConfig.setting("objective.name", objective));
        }
        if (pack) {
            all.add(TrainConfig.setting("data.pack", true));
        }
        all.addAll(settings);
        all.add(TrainConfig.setting("data.validationFiles", List.of()));
        return all;
    }
}
