package org.t5j.examples.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The bundled texts, one a book or a collection of books; see the README beside the files. */
public enum Book {
    EMMA("emma", "austen", false),
    MANSFIELD_PARK("mansfield-park", "austen", false),
    NORTHANGER_ABBEY("northanger-abbey", "austen", false),
    PRIDE_AND_PREJUDICE("pride-and-prejudice", "austen", false),
    SENSE_AND_SENSIBILITY("sense-and-sensibility", "austen", false),
    OLD_TESTAMENT("old-testament", "old testament", false),
    NEW_TESTAMENT("new-testament", "new testament", false),
    PERSUASION("persuasion", "austen", true),
    SAMUEL("1-samuel", "old testament", true),
    JOHN("john", "new testament", true);

    private final String file;
    private final String collection;
    private final boolean heldOut;

    Book(String file, String collection, boolean heldOut) {
        this.file = file;
        this.collection = collection;
        this.heldOut = heldOut;
    }

    /** What it is a part of: the classes of the classification task. */
    String collection() {
        return collection;
    }

    /** The books that training reads, or those that it must not see. */
    static List<Book> all(boolean heldOut) {
        return Arrays.stream(values()).filter(book -> book.heldOut == heldOut).toList();
    }

    /** Paragraphs or verses. */
    public List<String> lines() {
        try (InputStream resource = getClass().getResourceAsStream(file + ".txt.gz");
                BufferedReader reader = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Objects.requireNonNull(resource, file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The bundled text " + file + " cannot be read", e);
        }
    }

    /** Sentences that the tasks are made of. */
    List<String> sentences() {
        return lines().stream().flatMap(line -> Sentences.of(line).stream()).toList();
    }
}
