package org.t5j.tokenizer.train;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.bytes.Bytes;

/** Where the text to train on comes from, line by line. */
@FunctionalInterface
public interface TrainingInput {

    /** Receives one line after the other. */
    @FunctionalInterface
    interface LineSink {

        /**
         * @param array holds the line in {@code [from, to)}, UTF-8 as it was read, without its line feed; valid during
         *     the call only
         * @param count how often the line occurs, at least 1
         * @return whether more lines are wanted
         */
        boolean accept(byte[] array, int from, int to, long count);
    }

    /**
     * Gives all lines to {@code sink}, until it wants no more.
     *
     * @throws TokenizerException if the text cannot be read
     */
    void forEachLine(LineSink sink);

    /**
     * Text files in UTF-8. Lines end in a line feed, nothing else; malformed bytes become U+FFFD later. A file whose
     * name ends in {@code .gz} is decompressed.
     */
    static TrainingInput files(List<Path> files) {
        List<Path> all = List.copyOf(files);
        return sink -> LineFiles.read(all, sink);
    }

    /** Files of lines {@code text TAB count}, such as a list of words; see {@link #files}. */
    static TrainingInput tsv(List<Path> files) {
        List<Path> all = List.copyOf(files);
        return sink -> LineFiles.read(all, new CountedLines(sink));
    }

    /** Lines of text, each of which is one sentence whatever it holds; can be used once. */
    static TrainingInput lines(Stream<String> lines) {
        return sink -> {
            Bytes line = new Bytes(1024);
            for (Iterator<String> rest = lines.iterator(); rest.hasNext(); ) {
                String text = rest.next();
                line.clear();
                line.append(text, 0, text.length());
                if (!sink.accept(line.array(), 0, line.length(), 1)) {
                    return;
                }
            }
        };
    }

    /** Takes {@code text TAB count} apart. */
    record CountedLines(LineSink sink) implements LineSink {

        @Override
        public boolean accept(byte[] array, int from, int to, long ignored) {
            String line = new String(array, from, to - from, StandardCharsets.UTF_8);
            int tab = line.indexOf('\t');
            String number = line.substring(tab + 1).strip();
            if (tab < 0 || !number.matches("\\+?[0-9]{1,18}") || Long.parseLong(number) < 1) {
                throw new TokenizerException("The line '" + line + "' of the text to train on is not of the form text,"
                        + " tab, count, with a count of at least 1. Mend it, or read the file as plain text");
            }
            int end = from;
            while (array[end] != '\t') {
                end++;
            }
            return sink.accept(array, from, end, Long.parseLong(number));
        }
    }
}
