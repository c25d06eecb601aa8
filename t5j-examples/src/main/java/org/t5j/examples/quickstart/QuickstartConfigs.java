package org.t5j.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configurations of the two runs, written as files that {@code bin/t5j pretrain} and {@code finetune} take as well.
 * File names in them start from the directory they stand in.
 */
record QuickstartConfigs(Path pretrain, Path finetune) {

    static QuickstartConfigs write(Path directory, QuickstartPlan plan, Path vocabulary) throws IOException {
        QuickstartConfigs configs =
                new QuickstartConfigs(directory.resolve("pretrain.yaml"), directory.resolve("finetune.yaml"));
        Files.writeString(configs.pretrain, PRETRAIN.formatted(vocabulary.getFileName(), plan.pretrainSteps()));
        Files.writeString(
                configs.finetune,
                FINETUNE.formatted(plan.pretrainSteps(), vocabulary.getFileName(), plan.finetuneSteps()));
        return configs;
    }

    private static final String PRETRAIN = """
            # Span corruption on five novels of Jane Austen and the King James Bible.
            mode: PRETRAIN
            seed: 1
            model:
              preset: tiny
            tokenizer:
              file: %s
            data:
              format: lines
              files: [data/corpus.txt]
              validationFiles: [data/corpus.held-out.txt]
              batchSize: 32
            objective:
              inputLength: 96
            optim:
              totalSteps: %d
              dropoutRate: 0
            schedule:
              name: rsqrt
              warmupSteps: 10000
            eval:
              everySteps: 0
              examples: 200
            checkpoint:
              everySteps: 250
              keepLast: 1
            logging:
              everySteps: 1
            """;

    private static final String FINETUNE = """
            # Two tasks told apart by their prefixes, mixed three to one.
            mode: FINETUNE
            seed: 1
            model:
              checkpoint: pretrain/checkpoints/step-%d
            tokenizer:
              file: %s
            data:
              batchSize: 64
              tasks:
                - name: punctuate
                  format: tsv
                  columns: [input, target]
                  prefix: 'punctuate: '
                  train: [data/punctuate.tsv]
                  test: [data/punctuate.held-out.tsv]
                  inputLength: 112
                  targetLength: 112
                  metrics: [word_error_rate, accuracy]
                - name: book
                  format: tsv
                  columns: [input, target]
                  prefix: 'book: '
                  train: [data/book.tsv]
                  test: [data/book.held-out.tsv]
                  inputLength: 112
                  targetLength: 8
                  metrics: [accuracy, f1_macro]
              mixture:
                name: both
                rates: {punctuate: 3, book: 1}
            optim:
              totalSteps: %d
              dropoutRate: 0
            schedule:
              name: cosine
              base: 0.015
            eval:
              everySteps: 0
            checkpoint:
              everySteps: 250
              keepLast: 1
            logging:
              everySteps: 1
            """;
}
