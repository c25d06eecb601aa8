package org.t5j.data.clean;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.t5j.data.DataException;
import org.t5j.data.clean.LineRule.Line;
import org.t5j.tokenizer.FileReason;

/**
 * Lines that hold a word of a list, with something that is no letter a to z on both sides, as in C4's code. The list that
 * C4 used, LDNOOBW, is had from github.com/LDNOOBW (CC BY 4.0); it is not part of t5j.
 */
record BadWords(Pattern pattern) implements Predicate<Line> {

    /** The words of a file, one a line; of no file, none. */
    static Predicate<Line> read(Path file) {
        if (file == null) {
            return line -> false;
        }
        try {
            List<String> words = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(word -> !word.isEmpty())
                    .toList();
            DataException.check(!words.isEmpty(), "badWords file %s holds no words. Give one a line.", file);
            return of(words);
        } catch (IOException e) {
            throw new DataException(
                    "Cannot read the badWords file " + file + ": " + FileReason.of(e) + ". Check the path.", e);
        }
    }

    static BadWords of(List<String> words) {
        String any = words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return new BadWords(Pattern.compile("[^a-z](?:" + any + ")[^a-z]"));
    }

    @Override
    public boolean test(Line line) {
        return pattern.matcher(line.lower()).find();
    }
}
