package org.t5j.data.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.t5j.data.DataException;

/**
 * Comma-separated values (RFC 4180): every record is an example with one field per column. A field in quotation marks may
 * hold commas, line ends (read as line feeds) and doubled marks; blank lines between records are passed over.
 *
 * @param files plain, gzip or zstd, read one after the other
 * @param columns names of the columns; every record has exactly that many. Empty if the header tells them
 * @param header whether the first record of every file names the columns; it must agree with {@code columns}
 * @param rules how records are judged
 */
public record CsvSource(List<Path> files, List<String> columns, boolean header, RowRules rules) implements Source {
    private static final ObjectReader READER =
            CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build().readerFor(String[].class);

    public CsvSource {
        files = List.copyOf(files);
        columns = List.copyOf(columns);
        TableRows.checkColumns("CSV", columns, header);
    }

    @Override
    public ExampleReader open(long position) {
        return FileExamples.open(
                files,
                () -> new TableRows(files, columns, header, rules, new CsvRecords(rules.maxBytes()), CsvSource::cells),
                rules.onBadRow(),
                position);
    }

    private static String[] cells(Row row) {
        try (MappingIterator<String[]> records = READER.readValues(row.text())) {
            String[] cells = records.nextValue();
            DataException.check(
                    !records.hasNextValue(), "%s is not valid CSV (it holds several records).", row.where());
            return cells;
        } catch (JacksonException e) {
            throw broken(row, e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw broken(row, TextInput.reason(e), e);
        }
    }

    private static DataException broken(Row row, String reason, Exception e) {
        return new DataException(
                row.where() + " is not valid CSV (" + reason
                        + "). A field with quotation marks, commas or line ends is "
                        + "put in quotation marks, its own marks doubled.",
                e);
    }

    /** Joins the lines of a record whose quoted fields hold line ends. */
    private static final class CsvRecords implements TextRows.Splitter {
        private final Row joined;

        CsvRecords(int maxBytes) {
            joined = new Row(maxBytes);
        }

        @Override
        public Row next(LineReader lines) {
            Row first = TextRows.Splitter.line(lines);
            if (first == null || !endsInQuotes(first, false)) {
                return first;
            }
            joined.copy(first);
            boolean open = true;
            while (open && !joined.tooLong() && lines.advanceInFile()) {
                joined.append(lines.row());
                open = endsInQuotes(lines.row(), true);
            }
            return joined;
        }

        /** Whether a quoted field is open at the end of a line. */
        private static boolean endsInQuotes(Row line, boolean openBefore) {
            boolean open = openBefore;
            boolean fieldStarts = !openBefore;
            byte[] bytes = line.bytes();
            for (int i = line.from(); i < line.to(); i++) {
                if (open && bytes[i] == '"') {
                    boolean doubled = i + 1 < line.to() && bytes[i + 1] == '"';
                    open = doubled;
                    i += doubled ? 1 : 0;
                } else if (!open) {
                    open = fieldStarts && bytes[i] == '"';
                    fieldStarts = bytes[i] == ',';
                }
            }
            return open;
        }
    }
}
