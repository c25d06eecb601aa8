package org.t5j.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The data of the quickstart as files, the way a user would bring them: a corpus of paragraphs, and two tasks as tables of
 * input and target, each for training and for the held-out books.
 */
record TaskFiles(Path corpus, Path heldOutCorpus, Path punctuate, Path punctuateHeldOut, Path book, Path bookHeldOut) {
    /** Makes the files in {@code directory}. */
    static TaskFiles write(Path directory) throws IOException {
        Files.createDirectories(directory);
        TaskFiles files = new TaskFiles(
                directory.resolve("corpus.txt"),
                directory.resolve("corpus.held-out.txt"),
                directory.resolve("punctuate.tsv"),
                directory.resolve("punctuate.held-out.tsv"),
                directory.resolve("book.tsv"),
                directory.resolve("book.held-out.tsv"));
        Files.write(files.corpus, lines(false));
        Files.write(files.heldOutCorpus, lines(true));
        Files.write(files.punctuate, shuffled(punctuate(false), 1));
        Files.write(files.punctuateHeldOut, shuffled(punctuate(true), 2));
        Files.write(files.book, shuffled(book(false), 3));
        Files.write(files.bookHeldOut, shuffled(book(true), 4));
        return files;
    }

    private static List<String> lines(boolean heldOut) {
        return Book.all(heldOut).stream().flatMap(book -> book.lines().stream()).toList();
    }

    private static List<String> punctuate(boolean heldOut) {
        return Book.all(heldOut).stream()
                .flatMap(book -> book.sentences().stream())
                .map(sentence -> stripped(sentence) + "\t" + sentence)
                .toList();
    }

    private static List<String> book(boolean heldOut) {
        return Book.all(heldOut).stream()
                .flatMap(book -> book.sentences().stream().map(sentence -> sentence + "\t" + book.collection()))
                .toList();
    }

    /** What the punctuation task starts from: lower case, no marks but apostrophes and hyphens. */
    static String stripped(String sentence) {
        return sentence.toLowerCase(Locale.ROOT).replaceAll("[.,;:!?]", "");
    }

    /** In random order, always the same, so that the first rows stand for all. */
    private static List<String> shuffled(List<String> rows, long seed) {
        List<String> copy = new ArrayList<>(rows);
        Collections.shuffle(copy, new Random(seed));
        return copy;
    }
}
