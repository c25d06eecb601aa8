package org.t5j.examples.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.SplittableRandom;

/** A letter of the text changes while a run rests, size and time of the file as they were: resuming is refused. */
final class ChangedData implements Event {

    @Override
    public String name() {
        return "data-changed";
    }

    @Override
    public String befall(Pretraining pretraining, SplittableRandom random) throws IOException, InterruptedException {
        Path run = pretraining.run("data-changed");
        Path corpus = pretraining.corpus();
        pretraining.trainUntil(run, Pretraining.SAVE_STEPS + 2L);
        byte[] text = Files.readAllBytes(corpus);
        FileTime time = Files.getLastModifiedTime(corpus);
        int at = new String(text, StandardCharsets.US_ASCII).indexOf('e', random.nextInt(text.length / 2));
        String error;
        try {
            byte[] changed = text.clone();
            changed[at] = 'a';
            write(corpus, changed, time);
            try (TrainingProcess process = pretraining.start(run)) {
                error = process.awaitFailure("The data position belongs to other data or settings");
            }
        } finally {
            write(corpus, text, time);
        }
        pretraining.resumeToTheSameEnd(run);
        return "byte %d changed: refused with the fingerprints, %s; resumed to the same end with the text as it was"
                .formatted(at, error.replaceAll(".*(\\(.*? here .*?\\)).*", "$1"));
    }

    private static void write(Path file, byte[] bytes, FileTime time) throws IOException {
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, time);
    }
}
